/** The store of type file. */
package io.jwal.store.file;
