package io.jwal.cli.command;

import picocli.CommandLine.Command;

/** Heads what is about configuration files. */
@Command(name = "config", description = "What is about configuration files.")
public final class ConfigCommand {}
