/** Logs on real disks that are full, read-only, or not what they seem. */
package io.jwal.disk;
