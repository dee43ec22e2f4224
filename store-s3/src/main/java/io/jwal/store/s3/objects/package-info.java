/** What the log asks of an object storage; nothing here knows S3 or the log. */
package io.jwal.store.s3.objects;
