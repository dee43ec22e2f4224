/** The bytes of the objects: headers of parts, ends of sealed segments, contents of registers, names. */
package io.jwal.store.s3.format;
