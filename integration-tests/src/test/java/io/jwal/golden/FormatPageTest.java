package io.jwal.golden;

import static org.assertj.core.api.Assertions.assertThat;

import io.jwal.core.format.Checks;
import io.jwal.format.Bytes;
import io.jwal.format.SegmentBytes;
import io.jwal.store.LogManifest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/** What docs/format.md says is so. {@code -Djwal.golden.make=true} writes the bytes of the example into it anew. */
class FormatPageTest {
    private static final Path PAGE = Path.of("..", "docs", "format.md");
    private static final Pattern BLOCK = Pattern.compile("<!-- bytes: (\\w+) -->\\n```text\\n(.*?)```", Pattern.DOTALL);
    private static final Pattern MIXED =
            Pattern.compile("^\\| `(\\w{16})` \\| (\\d+) \\| (\\d+) \\| `(\\w{8})` \\|", Pattern.MULTILINE);

    @Test
    void theBytesOfTheExampleAreThoseOfTheGoldenLog() throws IOException {
        Map<String, String> blocks = FormatPage.blocks(GoldenLog.load("example"));
        Matcher shown = BLOCK.matcher(Files.readString(PAGE));
        assertThat(shown.results())
                .hasSize(blocks.size())
                .allSatisfy(block -> assertThat(block.group(2)).isEqualTo(blocks.get(block.group(1))));
    }

    @Test
    void everyByteOfTheExampleIsShown() throws IOException {
        GoldenLog example = GoldenLog.load("example");
        Map<String, String> blocks = FormatPage.blocks(example);
        assertThat(bytesIn(blocks.get("segment")))
                .isEqualTo(example.files().get("segments/0000000000000001-00000001.seg").length);
        assertThat(bytesIn(blocks.get("manifest"))).isEqualTo(example.files().get("registers/manifest").length);
        assertThat(bytesIn(blocks.get("state"))).isEqualTo(example.files().get("registers/state").length);
        assertThat(bytesIn(blocks.get("watermark"))).isEqualTo(64);
    }

    private static int bytesIn(String block) {
        return block.lines()
                .mapToInt(line ->
                        line.substring(6, Math.min(line.length(), 53)).strip().split(" ").length)
                .sum();
    }

    @Test
    void mix32IsWhatThePageSays() throws IOException {
        List<MatchResult> rows = MIXED.matcher(Files.readString(PAGE)).results().toList();
        assertThat(rows).hasSize(4);
        for (MatchResult row : rows) {
            long salt = Long.parseUnsignedLong(row.group(1), 16);
            long place = Long.parseLong(row.group(2));
            int length = Integer.parseInt(row.group(3));
            int expected = Integer.parseUnsignedInt(row.group(4), 16);
            assertThat(Bytes.mix32(salt, place, length)).as(row.group()).isEqualTo(expected);
            assertThat(Checks.bind(0, salt, place, length)).isEqualTo(expected);
        }
    }

    /** With the checksums as the page defines them, which the test has written down apart from the engine. */
    @Test
    void everySealedSegmentOfAGoldenLogVerifiesByThePage() throws IOException {
        for (String name : GoldenLog.names()) {
            GoldenLog log = GoldenLog.load(name);
            for (LogManifest.Segment named : GoldenLogs.manifest(log).segments(LogManifest.State.SEALED)) {
                SegmentBytes segment = new SegmentBytes(log.files().get(GoldenLogs.file(named.id())));
                assertThat(segment.isSealed()).as(name).isTrue();
                assertThat(segment.end()).isEqualTo(segment.indexOffset());
                assertThat(segment.salt()).isEqualTo(named.salt());
                assertThat(segment.bytes()).hasSize((int) named.bytes());
            }
        }
    }

    @Test
    @EnabledIfSystemProperty(named = "jwal.golden.make", matches = "true")
    void writeTheBytesOfTheExample() throws IOException {
        Map<String, String> blocks = FormatPage.blocks(GoldenLog.load("example"));
        String page = BLOCK.matcher(Files.readString(PAGE))
                .replaceAll(block -> Matcher.quoteReplacement(
                        "<!-- bytes: " + block.group(1) + " -->\n```text\n" + blocks.get(block.group(1)) + "```"));
        Files.writeString(PAGE, page);
    }
}
