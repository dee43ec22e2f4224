package io.jwal.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.jwal.cli.Command;
import io.jwal.cli.Command.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigCheckTest {
    @TempDir
    Path scratch;

    private Outcome check(String json, String... options) throws IOException {
        Path file = Files.writeString(scratch.resolve("wal.json"), json);
        String[] arguments = new String[options.length + 3];
        arguments[0] = "config";
        arguments[1] = "check";
        System.arraycopy(options, 0, arguments, 2, options.length);
        arguments[options.length + 2] = file.toString();
        return Command.runAsIs(arguments);
    }

    @Test
    void aRightConfigurationIsToldWithItsDefaults() throws IOException {
        Outcome done = check("{\"store\": {\"type\": \"memory\"}, \"segment\": {\"maxAge\": \"36h\"}}");
        assertThat(done.code()).isZero();
        assertThat(done.out())
                .startsWith(scratch.resolve("wal.json") + ": right; it means\n")
                .contains("  store.type                  memory\n")
                .contains("  segment.size                what the store suggests\n")
                .contains("  segment.maxAge              36h\n")
                .contains("  maxEntry                    64MiB\n")
                .contains("  durability.mode             sync\n")
                .contains("  durability.interval         100ms\n")
                .contains("  recovery.onCorruption       refuse\n");
        JsonNode json = check("{\"store\": {\"type\": \"memory\"}}", "--json").json();
        assertThat(json.get("problems")).isEmpty();
        assertThat(json.get("options").get("maxBatch").asText()).isEqualTo("256MiB");
    }

    @Test
    void everyMistakeIsTold() throws IOException {
        String wrong = "{\"store\": {\"type\": \"fiel\"}, \"maxEntry\": \"many\"}";
        Outcome done = check(wrong);
        assertThat(done.code()).isEqualTo(1);
        assertThat(done.err()).isEmpty();
        assertThat(done.out())
                .hasLineCount(2)
                .contains("wal.json: store.type: no store of type \"fiel\" is on the path; did you mean \"file\"?")
                .contains("wal.json: maxEntry: ");
        JsonNode problems = check(wrong, "--json").json().get("problems");
        assertThat(problems).hasSize(2);
        assertThat(problems.get(0).get("path").asText()).isEqualTo("store.type");
    }

    @Test
    void aMissingFileIsAMistakeAndNoFileMisuse() {
        assertThat(Command.runAsIs("config", "check", scratch.resolve("none").toString())
                        .out())
                .contains("there is no such file");
        assertThat(Command.runAsIs("config", "check").code()).isEqualTo(2);
        assertThat(Command.runAsIs("config").code()).isEqualTo(2);
    }

    @Test
    void otherCommandsTellMistakesAsMisuse() throws IOException {
        Path file = Files.writeString(scratch.resolve("wal.json"), "{\"store\": {\"type\": \"fiel\"}}");
        Outcome done = Command.runAsIs("stat", "--config=" + file);
        assertThat(done.code()).isEqualTo(2);
        assertThat(done.err()).startsWith("wal: " + file + ": store.type: no store of type");
    }

    @Test
    void storesListsTypesWithTheirOptions() throws IOException {
        Outcome text = Command.runAsIs("stores");
        assertThat(text.code()).isZero();
        assertThat(text.out())
                .contains("file     io.jwal.store.file.FileStoreProvider")
                .contains("directory, ");
        JsonNode json = Command.runAsIs("stores", "--json").json();
        assertThat(json.findValuesAsText("type")).containsExactly("archive", "file", "memory", "tiered");
        assertThat(json.get(1).get("options").get(0).asText()).isEqualTo("directory");
    }
}
