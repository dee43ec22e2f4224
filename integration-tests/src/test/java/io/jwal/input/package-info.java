/** Real files as entries. */
package io.jwal.input;
