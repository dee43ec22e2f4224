package io.jwal.cli.entry;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jwal.cli.shell.Output;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class EntryFormatTest {
    private static final long MAX_ENTRY = 1 << 20;

    private static List<byte[]> read(EntryFormat format, byte[] input) throws Exception {
        List<byte[]> entries = new ArrayList<>();
        EntryInput in = format.input(new ByteArrayInputStream(input), "input", MAX_ENTRY);
        for (byte[] entry = in.next(); entry != null; entry = in.next()) {
            entries.add(entry);
        }
        return entries;
    }

    private static List<String> lines(String input) throws Exception {
        return read(EntryFormat.LINES, input.getBytes(ISO_8859_1)).stream()
                .map(entry -> new String(entry, ISO_8859_1))
                .toList();
    }

    private static byte[] write(EntryFormat format, boolean finalNewline, List<byte[]> entries) throws Exception {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        Output out = new Output(bytes);
        EntryOutput output = format.output(out, finalNewline);
        for (int i = 0; i < entries.size(); i++) {
            output.write(i + 1, Instant.EPOCH, ByteBuffer.wrap(entries.get(i)));
        }
        out.flush();
        return bytes.toByteArray();
    }

    @Test
    void aLineIsAnEntryWithoutItsNewline() throws Exception {
        assertThat(lines("a\nbc\n")).containsExactly("a", "bc");
        assertThat(lines("a\nbc")).containsExactly("a", "bc");
        assertThat(lines("")).isEmpty();
        assertThat(lines("\n")).containsExactly("");
        assertThat(lines("\n\nx\n\n")).containsExactly("", "", "x", "");
    }

    @Test
    void everyOtherByteOfALineIsContent() throws Exception {
        assertThat(lines("dos\r\n\0\u0085\u00ff\n")).containsExactly("dos\r", "\0\u0085\u00ff");
    }

    @ParameterizedTest
    @ValueSource(ints = {65_535, 65_536, 65_537, 131_072, 262_143, 262_144, 262_145, 700_000})
    void linesMayBeLongerThanWhatIsReadAtOnce(int length) throws Exception {
        String line = "x".repeat(length);
        assertThat(lines(line)).containsExactly(line);
        assertThat(lines(line + "\n" + line + "\ny")).containsExactly(line, line, "y");
        assertThat(lines("y\n" + line + "\n")).containsExactly("y", line);
    }

    @Test
    void anInputThatEndsWithinALineSaysSo() throws Exception {
        assertThat(endsWithoutNewline("a\nb")).isTrue();
        assertThat(endsWithoutNewline("a\nb\n")).isFalse();
        assertThat(endsWithoutNewline("")).isFalse();
    }

    private static boolean endsWithoutNewline(String text) throws Exception {
        EntryInput in = EntryFormat.LINES.input(new ByteArrayInputStream(text.getBytes(UTF_8)), "input", MAX_ENTRY);
        while (in.next() != null) {
            // goes on to the end
        }
        return in.endedWithoutNewline();
    }

    @Test
    void aFileComesBackByteForByte() throws Exception {
        byte[] file = new byte[300_000];
        new Random(1).nextBytes(file);
        file[file.length - 1] = '\n';
        assertThat(write(EntryFormat.LINES, true, read(EntryFormat.LINES, file)))
                .isEqualTo(file);
        file[file.length - 1] = 'x';
        assertThat(write(EntryFormat.LINES, false, read(EntryFormat.LINES, file)))
                .isEqualTo(file);
    }

    @ParameterizedTest
    @EnumSource(names = {"FRAMED", "FRAMED_LITTLE_ENDIAN", "JSON"})
    void entriesOfAnyBytesComeBack(EntryFormat format) throws Exception {
        byte[] random = new byte[100_000];
        new Random(2).nextBytes(random);
        List<byte[]> entries = List.of(
                new byte[0],
                "plain".getBytes(UTF_8),
                "two\nlines\r\n\0\"\\ \u2028 \ud83d\ude00".getBytes(UTF_8),
                new byte[] {(byte) 0xC3},
                new byte[] {(byte) 0xED, (byte) 0xA0, (byte) 0x80}, // a surrogate, which UTF-8 forbids
                random,
                new byte[(int) MAX_ENTRY]);
        assertThat(read(format, write(format, true, entries))).containsExactlyElementsOf(entries);
    }

    @Test
    void framesHoldTheirLengthInEitherOrder() throws Exception {
        List<byte[]> one = List.of(new byte[] {7, 8});
        assertThat(write(EntryFormat.FRAMED, true, one)).containsExactly(0, 0, 0, 2, 7, 8);
        assertThat(write(EntryFormat.FRAMED_LITTLE_ENDIAN, true, one)).containsExactly(2, 0, 0, 0, 7, 8);
    }

    @Test
    void bareEntriesAreJoinedAndAFileIsOneEntry() throws Exception {
        assertThat(write(EntryFormat.BARE, true, List.of(new byte[] {1, 2}, new byte[0], new byte[] {3})))
                .containsExactly(1, 2, 3);
        assertThat(read(EntryFormat.BARE, "a\nb\n".getBytes(UTF_8))).containsExactly("a\nb\n".getBytes(UTF_8));
        assertThat(read(EntryFormat.BARE, new byte[0])).containsExactly(new byte[0]);
    }

    @Test
    void jsonIsALineEach() throws Exception {
        byte[] json = write(EntryFormat.JSON, true, List.of("a\"b".getBytes(UTF_8), new byte[] {(byte) 0xFF}));
        assertThat(new String(json, UTF_8)).isEqualTo("""
                        {"index":1,"time":"1970-01-01T00:00:00Z","text":"a\\"b"}
                        {"index":2,"time":"1970-01-01T00:00:00Z","base64":"/w=="}
                        """);
    }

    @Test
    void entriesTooLargeAreRefusedWithTheirPlace() {
        String tooLong = "x".repeat((int) MAX_ENTRY + 1);
        assertRefused(EntryFormat.LINES, "ok\n" + tooLong + "\n", "input, line 2, byte 3: the line is longer than");
        assertRefused(EntryFormat.LINES, "ok\n" + tooLong, "input, line 2, byte 3: the line is longer than");
        assertRefused(EntryFormat.BARE, tooLong, "input: it is longer than the 1048576 bytes");
        assertRefused(EntryFormat.FRAMED, "\0\0\0\1x\0\20\0\1", "input, entry 2, byte 5: its length, 1048577, is more");
        assertRefused(EntryFormat.FRAMED, "text, no frames", "is the input --framed-le or no frames?");
        assertRefused(EntryFormat.FRAMED_LITTLE_ENDIAN, "\377\377\377\377", "its length, 4294967295, is more");
        assertRefused(EntryFormat.JSON, "{\"text\":\"" + tooLong + "\"}", "the entry is longer than");
        assertRefused(EntryFormat.JSON, "{\"text\":\"" + "x".repeat(3_000_000) + "\"}", "line 1");
    }

    @Test
    void framesThatWereCutShortAreRefused() {
        assertRefused(EntryFormat.FRAMED, "\0\0", "input, entry 1, byte 0: the input ends in the middle of a length");
        assertRefused(
                EntryFormat.FRAMED, "\0\0\0\0\0\0\0\5abc", "entry 2, byte 4: the input ends after 3 of the 5 bytes");
    }

    @Test
    void jsonThatIsNoEntryIsRefusedWithItsPlace() {
        assertRefused(EntryFormat.JSON, "{\"text\":\"ok\"}\n[1]", "input, line 2, byte 14: this is no object");
        assertRefused(EntryFormat.JSON, "{\"text\":\"ok\"}\n{\"text\"", "line 2");
        assertRefused(EntryFormat.JSON, "{\"txt\":\"ok\"}", "unknown field \"txt\"; an entry is {\"text\": \"…\"}");
        assertRefused(EntryFormat.JSON, "{}", "it has no content");
        assertRefused(EntryFormat.JSON, "{\"text\":1}", "\"text\" is a string");
        assertRefused(EntryFormat.JSON, "{\"text\":null}", "\"text\" is a string");
        assertRefused(EntryFormat.JSON, "{\"text\":\"a\",\"base64\":\"YQ==\"}", "both");
        assertRefused(EntryFormat.JSON, "{\"base64\":\"*\"}", "this cannot be read as JSON");
        assertRefused(EntryFormat.JSON, "{\"text\":\"a\",\"text\":\"b\"}", "Duplicate field 'text'");
        assertRefused(EntryFormat.JSON, "{\"index\":0,\"text\":\"a\"}", "\"index\" is a whole number from 1 up");
        assertRefused(EntryFormat.JSON, "{\"index\":\"1\",\"text\":\"a\"}", "\"index\" is a whole number from 1 up");
        assertRefused(EntryFormat.JSON, "{\"index\":1.5,\"text\":\"a\"}", "\"index\" is a whole number from 1 up");
        assertRefused(EntryFormat.JSON, "{\"index\":9223372036854775808,\"text\":\"a\"}", "out of range");
        assertRefused(EntryFormat.JSON, "{\"text\":\"\\ud800\"}", "half of a surrogate pair");
        assertRefused(EntryFormat.JSON, "{\"time\":{},\"text\":\"a\"}", "\"time\" is a string");
    }

    private static void assertRefused(EntryFormat format, String input, String why) {
        assertThatThrownBy(() -> read(format, input.getBytes(ISO_8859_1)))
                .isInstanceOf(RefusedInputException.class)
                .hasMessageContaining(why);
    }

    @Test
    void anEntryIsTakenAsSoonAsItIsThere() throws Exception {
        InputStream slow = new InputStream() {
            private final byte[] bytes = "one\n{\"text\":\"x\"}".getBytes(UTF_8);
            private int at;

            @Override
            public int read() {
                return at == bytes.length ? -1 : bytes[at++];
            }

            @Override
            public int read(byte[] target, int offset, int length) {
                if (at == 4) {
                    throw new IllegalStateException("read on although the line was complete");
                }
                target[offset] = bytes[at++];
                return 1;
            }
        };
        assertThat(EntryFormat.LINES.input(slow, "input", MAX_ENTRY).next()).isEqualTo("one".getBytes(UTF_8));
    }

    @Test
    void jsonNamesIndexesAndIgnoresTimes() throws Exception {
        EntryInput in = EntryFormat.JSON.input(new ByteArrayInputStream("""
                        {"text":"a","index":7,"time":"2026-01-01T00:00:00Z"} {"base64":"Yg=="}
                        """.getBytes(UTF_8)), "input", MAX_ENTRY);
        assertThat(in.next()).isEqualTo("a".getBytes(UTF_8));
        assertThat(in.index()).isEqualTo(7);
        assertThat(in.next()).isEqualTo("b".getBytes(UTF_8));
        assertThat(in.index()).isZero();
        assertThat(in.next()).isNull();
    }
}
