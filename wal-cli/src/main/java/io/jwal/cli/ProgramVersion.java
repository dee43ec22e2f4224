package io.jwal.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import picocli.CommandLine.IVersionProvider;

/** The version that the build has written down. */
final class ProgramVersion implements IVersionProvider {
    @Override
    public String[] getVersion() throws IOException {
        try (InputStream text = ProgramVersion.class.getResourceAsStream("version.txt")) {
            String version = text == null ? "unknown" : new String(text.readAllBytes(), UTF_8).strip();
            return new String[] {"wal " + version + " (Java " + Runtime.version() + ")"};
        }
    }
}
