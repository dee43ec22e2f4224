/** The contract of a store as tests. */
package io.jwal.store.tck;
