/** What applications call and what stores implement. */
package io.jwal;
