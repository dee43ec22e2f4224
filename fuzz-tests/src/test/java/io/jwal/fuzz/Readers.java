package io.jwal.fuzz;

import com.sun.management.ThreadMXBean;
import io.jwal.WalException;
import io.jwal.store.StoreException;
import io.jwal.store.file.FuzzedRegisterFile;
import io.jwal.store.file.FuzzedWatermark;
import io.jwal.store.tiered.FuzzedArchive;
import java.io.EOFException;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.Locale;

/** All readers that are fuzzed, and what none of them may do. */
enum Readers {
    OPEN_SEGMENT(new FuzzedOpenSegment()),
    SEALED_SEGMENT(new FuzzedSealedSegment()),
    REGISTER_CONTENT(new FuzzedRegisterContent()),
    REGISTER_FILE(new FuzzedRegisterFile()),
    WATERMARK(new FuzzedWatermark()),
    S3_OBJECT(new FuzzedS3Object()),
    ARCHIVE(new FuzzedArchive()),
    CONFIGURATION(new FuzzedConfiguration());

    /** Windows, cached blocks and copies of an input of some KB; what a lying length asks for is far above. */
    private static final long MOST_ALLOCATED = 24 << 20;

    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    final FuzzedReader reader;

    Readers(FuzzedReader reader) {
        this.reader = reader;
    }

    /** The folder of its inputs. */
    String folder() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /**
     * Has an input read. Whether it was refused.
     *
     * @throws AssertionError if more memory was taken than such an input is worth
     */
    boolean refuses(byte[] input) {
        long before = THREADS.getCurrentThreadAllocatedBytes();
        boolean refused = read(input.clone());
        if (THREADS.getCurrentThreadAllocatedBytes() - before > MOST_ALLOCATED) {
            before = THREADS.getCurrentThreadAllocatedBytes();
            read(input.clone()); // once more: the first time it may have been classes that were loaded
            long allocated = THREADS.getCurrentThreadAllocatedBytes() - before;
            if (allocated > MOST_ALLOCATED) {
                throw new AssertionError(
                        this + " took " + allocated + " bytes of memory for an input of " + input.length);
            }
        }
        return refused;
    }

    private boolean read(byte[] input) {
        try {
            reader.read(input);
            return false;
        } catch (WalException | StoreException | EOFException e) {
            if (e.getMessage() == null || e.getMessage().isBlank()) {
                throw new AssertionError("refused without a word", e);
            }
            return true;
        } catch (IOException e) {
            throw new AssertionError("refused with an untyped exception", e);
        }
    }
}
