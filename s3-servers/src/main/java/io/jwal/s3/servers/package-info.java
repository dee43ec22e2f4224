/**
 * S3 for tests: {@link io.jwal.s3.servers.FakeS3} in this JVM, which misbehaves on demand;
 * {@link io.jwal.s3.servers.RealS3}, which finds a real one; and {@link io.jwal.s3.servers.FaultProxy}, which stands before
 * any of them. What goes wrong is said in one vocabulary, {@link io.jwal.s3.servers.FaultPlan}.
 */
@NullMarked
package io.jwal.s3.servers;

import org.jspecify.annotations.NullMarked;
