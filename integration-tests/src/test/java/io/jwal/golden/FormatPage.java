package io.jwal.golden;

import io.jwal.format.MarkBytes;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/** The bytes of the golden log {@code example} with what each of them means, as docs/format.md shows them. */
final class FormatPage {
    private static final HexFormat HEX = HexFormat.ofDelimiter(" ");
    private static final int PER_LINE = 16;

    private FormatPage() {}

    private record Field(int bytes, String meaning) {}

    /** What the page has to contain, by the name of the block. */
    static Map<String, String> blocks(GoldenLog example) {
        byte[] segment = example.files().get("segments/0000000000000001-00000001.seg");
        byte[] marks = example.files().get("WATERMARK");
        return Map.of(
                "segment", block(segment, 0, segment()),
                "manifest", block(example.files().get("registers/manifest"), 0, manifest()),
                "state", block(example.files().get("registers/state"), 0, state()),
                "watermark", block(marks, MarkBytes.firstSealed(marks), watermark()));
    }

    private static String block(byte[] bytes, int from, List<Field> fields) {
        StringBuilder text = new StringBuilder();
        int at = from;
        for (Field field : fields) {
            String meaning = field.meaning();
            for (int end = at + field.bytes(); at < end; meaning = "") {
                int some = Math.min(PER_LINE, end - at);
                String line = String.format("%04x  %-47s  %s", at, HEX.formatHex(bytes, at, at + some), meaning);
                text.append(line.stripTrailing()).append('\n');
                at += some;
            }
        }
        return text.toString();
    }

    private static List<Field> segment() {
        List<Field> fields = new ArrayList<>();
        add(fields, 8, "\"JWALSEG1\"", 4, "format version 1", 4, "flags", 8, "epoch 1", 4, "sequence 1", 4, "zeros");
        add(fields, 8, "created 2026-01-02T03:04:06Z", 8, "salt", 12, "zeros", 4, "CRC32C of bytes 00 to 3b");
        batch(fields, 1, 1, 0);
        entry(fields, 1, 16);
        batch(fields, 2, 2, 1);
        entry(fields, 2, 24);
        entry(fields, 3, 40);
        add(fields, 4, "index: entry 1 lies at 68", 4, "entry 2 at a8", 4, "entry 3 at c8", 4, "padding");
        add(fields, 8, "point: first index 1", 8, "its batch's time", 4, "its batch's offset 40", 4, "zeros");
        add(fields, 8, "\"JWALEND1\"", 4, "format version 1", 4, "3 entries", 8, "first index 1", 8, "last index 3");
        add(
                fields,
                8,
                "time of the first batch",
                8,
                "time of the last batch",
                4,
                "the index begins at f8",
                4,
                "1 point");
        add(fields, 4, "CRC32C of the index, f8 to 11f", 16, "zeros", 4, "check of the trailer, place 120");
        return fields;
    }

    private static void batch(List<Field> fields, int entries, long first, long durable) {
        add(fields, 4, "batch: check of the next 36 bytes", 4, "CRC32C of the body", 4, "length of the body");
        add(fields, 4, "entries: " + entries, 8, "first index " + first, 8, "durable index " + durable, 8, "time");
    }

    private static void entry(List<Field> fields, long index, int length) {
        add(fields, 4, "entry " + index + ": length " + length, 4, "its check", length, "its bytes");
    }

    private static List<Field> manifest() {
        List<Field> fields = envelope("manifest", 124);
        add(fields, 8, "\"JWLMANF1\"", 4, "format version 1", 4, "length 124", 8, "epoch 1", 8, "first index 1");
        add(fields, 8, "durable index 3", 8, "cuts so far: 0", 4, "cuts that follow: 0", 4, "segments that follow: 1");
        add(fields, 8, "segment: epoch 1", 4, "sequence 1", 4, "state: sealed", 8, "salt", 8, "first index 1");
        add(fields, 8, "last index 3", 8, "length 170", 8, "time of the first batch", 8, "time of the last batch");
        add(fields, 4, "CRC32C of the content before");
        return fields;
    }

    private static List<Field> state() {
        List<Field> fields = envelope("state", 66);
        add(fields, 8, "\"JWALSTA1\"", 4, "format version 1", 4, "length 66", 8, "epoch 1", 4, "1 consumer");
        add(fields, 4, "1 property", 4, "length of the name", 5, "\"audit\"", 8, "position 3", 4, "length of the name");
        add(fields, 4, "\"term\"", 4, "length of the value", 1, "\"7\"", 4, "CRC32C of the content before");
        return fields;
    }

    private static List<Field> envelope(String name, int length) {
        List<Field> fields = new ArrayList<>();
        add(fields, 8, "\"JWLREGF1\"", 8, "nonce of the claim", 8, "number of the write", 4, "length " + length);
        add(fields, 4, "CRC32C of bytes 00 to 1b and of the " + name);
        return fields;
    }

    private static List<Field> watermark() {
        List<Field> fields = new ArrayList<>();
        add(fields, 8, "\"JWLMARK1\"", 8, "epoch 1", 4, "sequence 1", 4, "state: sealed", 8, "synced up to 170");
        add(fields, 16, "boot", 12, "zeros", 4, "CRC32C of the 60 bytes before");
        return fields;
    }

    private static void add(List<Field> fields, Object... sizesAndMeanings) {
        for (int i = 0; i < sizesAndMeanings.length; i += 2) {
            fields.add(new Field((int) sizesAndMeanings[i], (String) sizesAndMeanings[i + 1]));
        }
    }
}
