/** The store of type memory. */
package io.jwal.store.memory;
