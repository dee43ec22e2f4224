package io.jwal.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Every reader on the inputs that fuzzing has kept, and on mutations of them by seed, in a heap of 64 MB.
 * {@code -Djwal.fuzz.mutations=1000000} for more, {@code -Djwal.fuzz.seed} for others.
 */
class FuzzTest {
    private static final int MUTATIONS = Integer.getInteger("jwal.fuzz.mutations", 6_000);
    private static final long SEED = Long.getLong("jwal.fuzz.seed", 1);
    private static final long SLOW_NANOS = 5_000_000_000L;

    @ParameterizedTest
    @EnumSource
    void whatIsKeptIsReadOrRefused(Readers reader) throws IOException {
        int refused = 0;
        List<byte[]> inputs = Corpus.of(reader);
        for (byte[] input : inputs) {
            refused += read(reader, input) ? 1 : 0;
        }
        assertThat(inputs.size() - refused).as("read").isPositive();
    }

    @ParameterizedTest
    @EnumSource
    void whatIsMutatedIsReadOrRefused(Readers reader) throws IOException {
        List<byte[]> inputs = Corpus.of(reader);
        Mutations mutations = new Mutations(new Random(SEED), inputs);
        int refused = 0;
        for (int round = 0; round < MUTATIONS; round++) {
            refused += read(reader, mutations.next()) ? 1 : 0;
        }
        System.out.printf(
                "%s: %d inputs, %d mutations, %d of them refused%n", reader, inputs.size(), MUTATIONS, refused);
        assertThat(MUTATIONS - refused).as("read").isPositive();
    }

    private static boolean read(Readers reader, byte[] input) {
        try {
            long start = System.nanoTime();
            boolean refused = reader.refuses(input);
            if (System.nanoTime() - start >= SLOW_NANOS) { // or the machine stood still
                start = System.nanoTime();
                reader.refuses(input);
                assertThat(System.nanoTime() - start).as("time taken").isLessThan(SLOW_NANOS);
            }
            return refused;
        } catch (RuntimeException | Error e) {
            throw new AssertionError(reader + " on " + HexFormat.of().formatHex(input), e);
        }
    }
}
