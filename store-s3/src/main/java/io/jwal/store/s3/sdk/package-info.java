/** The object storage that the AWS SDK for Java reaches: S3, and what speaks like it. Nothing here knows the log. */
package io.jwal.store.s3.sdk;
