/** How a segment is written: bytes gathered into parts, parts sent and acknowledged in order, the sealed object made. */
package io.jwal.store.s3.write;
