/** How segments are read: blocks of objects, verified, cached, fetched ahead. */
package io.jwal.store.s3.read;
