/** The power is cut, at every call of a simulated disk and in every way, under the real engine and the real file store. */
package io.jwal.crash;
