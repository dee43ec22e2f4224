/** Logs in real processes whose system calls are failed by strace, and judged by its trace. */
package io.jwal.syscalls;
