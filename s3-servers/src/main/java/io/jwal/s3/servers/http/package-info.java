/**
 * As much HTTP/1.1 as S3 speaks, over plain sockets. The JDK's own server sets the Date of every answer itself and cannot
 * cut a connection where a test wants it cut; its client does not let a proxy keep the Host that was signed.
 */
@NullMarked
package io.jwal.s3.servers.http;

import org.jspecify.annotations.NullMarked;
