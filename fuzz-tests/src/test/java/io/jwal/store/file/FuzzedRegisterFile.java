package io.jwal.store.file;

import io.jwal.fuzz.FuzzedReader;
import io.jwal.fuzz.GoldenFiles;
import io.jwal.store.Register;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.CRC32C;

/** The file of a register: one byte that says whether its checksum is made right, then the file. */
public final class FuzzedRegisterFile implements FuzzedReader {
    @Override
    public void read(byte[] input) throws IOException {
        byte[] file = Arrays.copyOfRange(input, Math.min(1, input.length), input.length);
        if (input.length > 0 && input[0] != 0 && file.length >= RegisterFile.HEADER) {
            CRC32C crc = new CRC32C();
            crc.update(file, 0, 28);
            crc.update(file, RegisterFile.HEADER, file.length - RegisterFile.HEADER);
            ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN).putInt(28, (int) crc.getValue());
        }
        Register register = RegisterFile.decode(file, "fuzzed");
        if (register.content().remaining() != file.length - RegisterFile.HEADER
                || register.version().token().isBlank()) {
            throw new AssertionError("another register: " + register);
        }
    }

    @Override
    public List<byte[]> seeds() throws IOException {
        List<byte[]> seeds = new ArrayList<>();
        for (byte[] file : GoldenFiles.named("registers/manifest")) {
            seeds.add(GoldenFiles.flagged(0, file));
            seeds.add(GoldenFiles.flagged(1, file));
        }
        return seeds;
    }
}
