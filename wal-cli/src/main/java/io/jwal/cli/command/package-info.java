/** The commands, a class each, and the options they share. */
@NullMarked
package io.jwal.cli.command;

import org.jspecify.annotations.NullMarked;
