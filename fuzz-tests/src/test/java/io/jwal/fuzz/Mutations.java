package io.jwal.fuzz;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** Changes inputs a little, by seed: bits, bytes, integers that lie, pieces of others, lengths. */
final class Mutations {
    private static final long[] LIES = {
        0,
        1,
        -1,
        7,
        8,
        0xFF,
        1 << 16,
        1 << 20,
        Integer.MAX_VALUE,
        Integer.MIN_VALUE,
        1L << 32,
        Long.MAX_VALUE,
        Long.MIN_VALUE,
        Long.MAX_VALUE - 1
    };

    private final Random random;
    private final List<byte[]> inputs;

    Mutations(Random random, List<byte[]> inputs) {
        this.random = random;
        this.inputs = inputs;
    }

    /** The next input. */
    byte[] next() {
        byte[] input = any().clone();
        for (int edits = 1 + random.nextInt(4); edits > 0 && input.length > 0; edits--) {
            input = edited(input);
        }
        return input;
    }

    private byte[] any() {
        return inputs.get(random.nextInt(inputs.size()));
    }

    private byte[] edited(byte[] input) {
        int at = random.nextInt(input.length);
        ByteBuffer out = ByteBuffer.wrap(input).order(ByteOrder.LITTLE_ENDIAN);
        switch (random.nextInt(8)) {
            case 0 -> input[at] ^= (byte) (1 << random.nextInt(8));
            case 1 -> input[at] = (byte) random.nextInt();
            case 2 -> input[0] = (byte) random.nextInt(16); // what is made right
            case 3 -> {
                if (at + Integer.BYTES <= input.length) {
                    out.putInt(at, (int) LIES[random.nextInt(LIES.length)]);
                }
            }
            case 4 -> {
                if (at + Long.BYTES <= input.length) {
                    out.putLong(at, LIES[random.nextInt(LIES.length)]);
                }
            }
            case 5 -> {
                if (at + Integer.BYTES <= input.length) {
                    out.putInt(at, out.getInt(at) + random.nextInt(33) - 16);
                }
            }
            case 6 -> {
                byte[] other = any();
                int length = Math.min(random.nextInt(64), Math.min(input.length - at, other.length));
                System.arraycopy(other, random.nextInt(other.length - length + 1), input, at, length);
            }
            default -> {
                return random.nextBoolean()
                        ? Arrays.copyOf(input, at)
                        : Arrays.copyOf(input, input.length + random.nextInt(100));
            }
        }
        return input;
    }
}
