/** Readers that follow a live writer, in its process and in others. */
package io.jwal.follow;
