package io.jwal.cli.command;

import io.jwal.cli.shell.CommandFailure;
import io.jwal.cli.shell.ExitCode;
import io.jwal.cli.shell.Progress;
import io.jwal.cli.shell.Shell;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The files of an import. All are looked at before the first is read: a wrong name leaves the log as it was.
 *
 * @param all the files in order
 * @param bytes their length together, or {@link Progress#UNKNOWN}
 */
record ImportSources(List<Source> all, long bytes) {
    private static final String STANDARD_INPUT = "-";

    /** Opens a file when its turn has come. */
    @FunctionalInterface
    interface Opening {
        InputStream open() throws IOException;
    }

    /**
     * One file.
     *
     * @param name what to call it
     * @param bytes what is in it
     */
    record Source(String name, Opening bytes) {}

    static ImportSources of(List<String> names, Shell shell) throws IOException {
        List<Source> sources = new ArrayList<>();
        long bytes = 0;
        for (String name : names.isEmpty() ? List.of(STANDARD_INPUT) : names) {
            if (name.equals(STANDARD_INPUT)) {
                sources.add(new Source("standard input", shell::in));
                bytes = Progress.UNKNOWN;
            } else {
                Path path = readable(name);
                sources.add(new Source(name, () -> new FileInputStream(path.toFile())));
                boolean known = bytes != Progress.UNKNOWN && Files.isRegularFile(path);
                bytes = known ? bytes + Files.size(path) : Progress.UNKNOWN;
            }
        }
        return new ImportSources(sources, bytes);
    }

    private static Path readable(String name) {
        Path path = Path.of(name);
        if (!Files.exists(path)) {
            throw refused(name, "there is no such file");
        }
        if (Files.isDirectory(path)) {
            throw refused(name, "this is a directory; name the files in it");
        }
        if (!Files.isReadable(path)) {
            throw refused(name, "this user may not read the file");
        }
        return path;
    }

    private static CommandFailure refused(String name, String why) {
        return new CommandFailure(ExitCode.MISUSE, name + ": " + why + "; nothing was imported");
    }
}
