package io.jwal.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.jwal.core.WalConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** docs/wal.schema.json is what the code says, with every store of this repository. */
class SchemaFileTest {
    private static final Path FILE = Path.of("..", "docs", "wal.schema.json");
    private static final String COMMAND = "mvn -pl integration-tests -am test -Dtest=SchemaFileTest"
            + " -Dsurefire.failIfNoSpecifiedTests=false -Djwal.schema=write";

    @Test
    void theSchemaInTheRepositoryIsCurrent() throws IOException {
        if ("write".equals(System.getProperty("jwal.schema"))) {
            Files.writeString(FILE, WalConfig.jsonSchema());
        }
        assertThat(FILE).as("written by: " + COMMAND).exists();
        assertThat(Files.readString(FILE).replace("\r\n", "\n"))
                .as("not current; write it again with: " + COMMAND)
                .isEqualTo(WalConfig.jsonSchema());
    }
}
