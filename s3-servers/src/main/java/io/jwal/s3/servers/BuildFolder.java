package io.jwal.s3.servers;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Where servers are installed: once for a checkout, whatever its modules and JDKs, and out of the reach of mvn clean. */
final class BuildFolder {
    private BuildFolder() {}

    static Path create() throws IOException {
        String home = System.getProperty("jwal.localstack.home", "");
        Path folder = home.isEmpty() ? root().resolve(".localstack") : Path.of(home);
        return Files.createDirectories(folder.toAbsolutePath());
    }

    /** Of the checkout: the folder that has Maven's settings for all modules. */
    private static Path root() {
        Path here = Path.of("").toAbsolutePath();
        for (Path folder = here; folder != null; folder = folder.getParent()) {
            if (Files.isDirectory(folder.resolve(".mvn"))) {
                return folder;
            }
        }
        return here;
    }
}
