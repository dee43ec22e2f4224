/** What stores implement. */
package io.jwal.store;
