package io.jwal.media;

import io.jwal.core.log.ModelRun;
import io.jwal.core.medium.CrashMedia;
import io.jwal.core.medium.MediumSource;
import io.jwal.damage.Quiet;
import io.jwal.s3.engine.FakeS3Media;
import io.jwal.store.tck.proof.ProofShare;
import io.jwal.store.tck.simulator.LogMedium;
import java.util.function.Supplier;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What {@code LogModelTest} does on a simulated store, on every other: random operations against a plain list. */
@ExtendWith(Quiet.class)
@Tag("proof")
class ModelRunsTest {
    private static final long FIRST_SEED = Long.getLong("jwal.model.first", 1);
    private static final long SEEDS = Long.getLong("jwal.model.seeds", 24);

    /** Where each call is a request, a run takes seconds; the build has the engine's tests on S3 besides. */
    private static final long SEEDS_ON_S3 = 1;

    @Test
    void onASimulatedStore() throws Exception {
        runs("simulated store", 0.05, SEEDS, new CrashMedia()::next);
    }

    @Test
    void onTheFileStore() throws Exception {
        runs("file store", 0.04, SEEDS, DiskMedium::new);
    }

    @Test
    void onTheMemoryStore() throws Exception {
        runs("memory store", 0.01, SEEDS, NamedMemory::new);
    }

    @Test
    void onTwoStoresAsOne() throws Exception {
        runs("tiered", 0.04, SEEDS, TieredMedium::new);
    }

    @Test
    void onS3() throws Exception {
        try (MediumSource media = new FakeS3Media()) {
            runs("S3", 0.03, SEEDS_ON_S3, media::next);
        }
    }

    private static void runs(String name, double part, long seeds, Supplier<LogMedium> media) throws Exception {
        ProofShare share = ProofShare.of("random operations against a list, " + name, part);
        share.run(FIRST_SEED, seeds, seed -> {
            ModelRun.on(media.get(), seed);
            share.count("operations", ModelRun.STEPS);
        });
    }
}
