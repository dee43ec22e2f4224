/** The engine's own tests on S3, and what makes that possible. */
package io.jwal.s3.engine;
