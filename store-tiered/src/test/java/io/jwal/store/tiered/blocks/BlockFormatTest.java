package io.jwal.store.tiered.blocks;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.zip.CRC32C;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;

/**
 * The bytes of a segment of blocks, which every later version has to read: those that docs/format.md shows, and read by the
 * page alone.
 */
class BlockFormatTest {
    private static final Path PAGE = Path.of("..", "docs", "format.md");
    private static final Pattern EXAMPLE = Pattern.compile("<!-- blocks -->\\n```text\\n(.*?)```", Pattern.DOTALL);
    private static final Pattern LINE =
            Pattern.compile("^([0-9a-f]{4})  ((?:[0-9a-f]{2} ?)+)(?:  |$)", Pattern.MULTILINE);
    private static final HexFormat HEX = HexFormat.of();
    private static final byte[] KEY = new byte[32];
    private static final String CONTENT = "entry ".repeat(11) + "!";

    static {
        for (int i = 0; i < KEY.length; i++) {
            KEY[i] = (byte) i;
        }
    }

    /** What a data key and a nonce are made of, so that they can be told on a page. */
    private static final class Counting extends SecureRandom {
        private static final long serialVersionUID = 1L;

        private byte next = (byte) 0xA0;

        @Override
        public void nextBytes(byte[] bytes) {
            for (int i = 0; i < bytes.length; i++) {
                bytes[i] = next++;
            }
        }
    }

    private static Codec codec() {
        KeyRing keys = new KeyRing(Map.of("2026", new SecretKeySpec(KEY, "AES")), "2026", "store.encryption.keys");
        return new Codec(Compression.DEFLATE, keys, 64, new Counting());
    }

    private static byte[] onThePage() throws IOException {
        MatchResult example =
                EXAMPLE.matcher(Files.readString(PAGE)).results().findFirst().orElseThrow();
        StringBuilder bytes = new StringBuilder();
        for (MatchResult line : LINE.matcher(example.group(1)).results().toList()) {
            assertThat(Integer.parseInt(line.group(1), 16))
                    .as("offset of %s", line.group())
                    .isEqualTo(bytes.length() / 2);
            bytes.append(line.group(2).replace(" ", ""));
        }
        return HEX.parseHex(bytes);
    }

    @Test
    void whatThePageShowsIsRead() throws IOException {
        byte[] content = Stored.read(codec(), onThePage(), CONTENT.length());
        assertThat(new String(content, US_ASCII)).isEqualTo(CONTENT);
    }

    /** A block that was compressed may be written otherwise by another library; all before it may not. */
    @Test
    void whatThePageShowsIsWritten() throws IOException {
        byte[] shown = onThePage();
        byte[] written = Stored.write(codec(), CONTENT.getBytes(US_ASCII));
        int header = ByteBuffer.wrap(shown).order(ByteOrder.LITTLE_ENDIAN).getInt(12);
        assertThat(Arrays.copyOf(written, header)).isEqualTo(Arrays.copyOf(shown, header));
    }

    @Test
    void thePageIsEnoughToReadIt() throws IOException, GeneralSecurityException, DataFormatException {
        byte[] bytes = onThePage();
        ByteBuffer in = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        int header = in.getInt(12);
        int name = in.getInt(72);
        int wrap = 76 + name;
        assertThat(new String(bytes, 0, 8, US_ASCII)).isEqualTo("JWLBLKS1");
        assertThat(new String(bytes, 76, name, US_ASCII)).isEqualTo("2026");
        assertThat(in.getInt(header - 4)).isEqualTo(crc(bytes, 0, header - 4));
        byte[] dataKey = open(
                KEY,
                Arrays.copyOfRange(bytes, wrap, wrap + 12),
                Arrays.copyOf(bytes, wrap),
                Arrays.copyOfRange(bytes, wrap + 12, wrap + 60));

        int footer = bytes.length - 28;
        int blocks = in.getInt(footer + 12);
        int index = (int) in.getLong(footer + 16);
        assertThat(new String(bytes, footer, 8, US_ASCII)).isEqualTo("JWLBEND1");
        assertThat(blocks).isEqualTo(2);
        assertThat(in.getInt(bytes.length - 4)).isEqualTo(crc(bytes, index, bytes.length - 4));
        StringBuilder content = new StringBuilder();
        int at = header;
        for (int block = 0; block < blocks; block++) {
            int length = in.getInt(index + 12 * block);
            int form = in.getInt(index + 12 * block + 4);
            assertThat(in.getInt(index + 12 * block + 8)).isEqualTo(crc(bytes, at, at + length));
            byte[] nonce = ByteBuffer.allocate(12)
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .putInt(block)
                    .array();
            byte[] context = ByteBuffer.allocate(header + 8)
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .put(bytes, 0, header)
                    .putInt(block)
                    .putInt(form)
                    .array();
            byte[] opened = open(dataKey, nonce, context, Arrays.copyOfRange(bytes, at, at + length));
            content.append(new String(form == 0 ? opened : inflated(opened), US_ASCII));
            at += length;
        }
        assertThat(at).isEqualTo(index);
        assertThat(content).hasToString(CONTENT);
    }

    private static int crc(byte[] bytes, int from, int to) {
        CRC32C crc = new CRC32C();
        crc.update(bytes, from, to - from);
        return (int) crc.getValue();
    }

    private static byte[] open(byte[] key, byte[] nonce, byte[] context, byte[] bytes) throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(Cipher.DECRYPT_MODE, new SecretKeySpec(key, "AES"), new GCMParameterSpec(128, nonce));
        cipher.updateAAD(context);
        return cipher.doFinal(bytes);
    }

    private static byte[] inflated(byte[] bytes) throws DataFormatException {
        Inflater inflater = new Inflater(true);
        inflater.setInput(bytes);
        byte[] out = new byte[64];
        int count = inflater.inflate(out);
        inflater.end();
        return Arrays.copyOf(out, count);
    }
}
