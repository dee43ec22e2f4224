package io.jwal.cli.command;

import picocli.CommandLine.Command;

/** Heads what is about the archive of a tiered log. */
@Command(name = "archive", description = "Look at the archive of a tiered log, restore it, or take it over.")
public final class ArchiveCommand {}
