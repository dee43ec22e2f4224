/** More media for the logs of the engine's tests: the file store on a simulated disk, and two stores as one. */
package io.jwal.media;
