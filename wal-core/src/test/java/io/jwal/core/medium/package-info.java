/** On which media the engine's tests lay their logs. */
package io.jwal.core.medium;
