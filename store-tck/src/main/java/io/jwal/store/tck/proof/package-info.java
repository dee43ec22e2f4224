/**
 * What explorers of this project share: how long they go on, and where they write down what they found. For the modules
 * of this project; not exported.
 */
package io.jwal.store.tck.proof;
