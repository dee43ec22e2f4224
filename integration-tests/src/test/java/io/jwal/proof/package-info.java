/** The report of the proof. */
package io.jwal.proof;
