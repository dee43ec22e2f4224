/** The way into a log, and the engine behind it. */
package io.jwal.core;
