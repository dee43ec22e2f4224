package io.jwal.fuzz;

import io.jwal.core.manifest.LogState;
import io.jwal.core.manifest.StateCodec;
import io.jwal.store.LogManifest;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The registers of a log, as contents: one byte that says which one, and whether its checksum is made right. */
final class FuzzedRegisterContent implements FuzzedReader {
    private static final int STATE = 1;
    private static final int REPAIRED = 2;
    private static final int FILE_HEADER = 32;

    @Override
    public void read(byte[] input) {
        int flags = input.length == 0 ? 0 : input[0];
        byte[] content = Arrays.copyOfRange(input, Math.min(1, input.length), input.length);
        if ((flags & REPAIRED) != 0) {
            new Repair(content).register(0, content.length);
        }
        if ((flags & STATE) != 0) {
            LogState state = StateCodec.STATE.decode(ByteBuffer.wrap(content));
            LogState again = StateCodec.STATE.decode(StateCodec.STATE.encode(state));
            same(state.consumers(), again.consumers());
            same(state.properties().keySet(), again.properties().keySet());
        } else {
            LogManifest manifest = LogManifest.decode(ByteBuffer.wrap(content));
            same(manifest.encode(), ByteBuffer.wrap(content)); // there is one way to write it
            same(manifest, LogManifest.decode(manifest.encode()));
        }
    }

    private static void same(Object one, Object other) {
        if (!one.equals(other)) {
            throw new AssertionError("written and read it is another: " + one + ", " + other);
        }
    }

    @Override
    public List<byte[]> seeds() throws IOException {
        List<byte[]> seeds = new ArrayList<>();
        for (String register : List.of("registers/manifest", "registers/state")) {
            for (byte[] file : GoldenFiles.named(register)) {
                byte[] seed = Arrays.copyOfRange(file, FILE_HEADER - 1, file.length);
                seed[0] = (byte) (REPAIRED | (register.endsWith("state") ? STATE : 0));
                seeds.add(seed);
            }
        }
        return seeds;
    }
}
