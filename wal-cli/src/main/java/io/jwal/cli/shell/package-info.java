/** What surrounds a command: the shell's streams, exit codes, and how failures are told. */
@NullMarked
package io.jwal.cli.shell;

import org.jspecify.annotations.NullMarked;
