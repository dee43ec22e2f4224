package io.jwal.store.tck;

import io.jwal.store.Store;
import io.jwal.store.tck.simulator.StoreOperation;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.extension.ExtendWith;
import org.opentest4j.TestAbortedException;

/**
 * The contract of a {@link Store} as tests: extend it, say how a store is opened, run it.
 *
 * <pre>{@code
 * class MyStoreTest extends StoreContractTest {
 *     @TempDir
 *     Path directory;
 *
 *     @Override
 *     protected Store open() throws IOException {
 *         return new MyStore(directory);
 *     }
 * }
 * }</pre>
 *
 * <p>A test's name begins with the number of the rule of {@link Store} that it checks ({@code rule3_…}), or with the
 * method whose documentation it checks ({@code append_…}). Each test gets an instance of the class, so a field is as new
 * as the test.
 *
 * <p>Some rules need the medium to do something on purpose. The other hooks arrange that; what is not overridden leaves
 * the tests that need it skipped, and they say which hook they miss.
 */
@ExtendWith(StoreUnderTestResolver.class)
public abstract class StoreContractTest
        implements RegisterRules,
                RegisterRaceRules,
                DurabilityRules,
                WriterRules,
                SealRules,
                FailureRules,
                ReaderRules,
                SliceRules,
                FenceRules,
                DeletionRules,
                InterruptRules,
                NameRules,
                ClaimRules,
                ReadOnlyRules,
                ThreadRules {

    /** For subclasses. */
    protected StoreContractTest() {}

    /**
     * Opens a store on the medium of this test, as a process would: nothing is there the first time, and every later
     * call within the test finds what the earlier stores left. Several may be open at once. The tests close them.
     *
     * @return a new store
     * @throws IOException if it cannot be opened
     */
    protected abstract Store open() throws IOException;

    /**
     * Ends the processes of all stores that are open, the hard way: cuts the power, or forgets what was not synced. The
     * stores are closed after it, and what that throws is ignored. Does nothing unless overridden, so that rule 1 is
     * tried only by closing the stores without sealing anything.
     *
     * @throws IOException if it failed
     */
    protected void crash() throws IOException {}

    /**
     * Makes the next call of an operation fail as its device would, on any store of this test. Needed for rules 3 and 8.
     *
     * @param operation what fails: {@code APPEND}, {@code SYNC}, {@code SEAL}, {@code READ}, {@code CREATE},
     *     {@code OPEN}, {@code WRITE_REGISTER}, {@code CLAIM} or any other; abort for those that cannot be made to
     * @throws IOException if it cannot be arranged
     */
    protected void failNext(StoreOperation operation) throws IOException {
        throw missing("failNext");
    }

    /**
     * All that is on the medium now, in any form whose {@code equals} sees a change: names with contents. Needed for
     * rule 9.
     *
     * @return a description
     * @throws IOException if it cannot be read
     */
    protected Object snapshot() throws IOException {
        throw missing("snapshot");
    }

    /**
     * Puts something on the medium that is none of the store's, where the store might take it for its own: a file in its
     * directory, an object below its prefix. Called when the store has been written to. Needed for rule 7.
     *
     * @return tells whether it is still there, unchanged
     * @throws IOException if it cannot be put there
     */
    protected Callable<Boolean> plantForeignThing() throws IOException {
        throw missing("plantForeignThing");
    }

    /**
     * How many handles (files, connections, maps, threads) the stores of this test hold now. Needed for rule 8.
     *
     * @return a count that is the same before and after a call that leaks nothing
     * @throws IOException if they cannot be counted
     */
    protected long openHandles() throws IOException {
        throw missing("openHandles");
    }

    /**
     * How many segments make a long listing; more than a page of it where listings come in pages.
     *
     * @return a number of segments, 100 unless overridden
     */
    protected int manySegments() {
        return 100;
    }

    /**
     * How long anything may take before it counts as stuck.
     *
     * @return a duration, a minute unless overridden
     */
    protected Duration patience() {
        return Duration.ofMinutes(1);
    }

    private static TestAbortedException missing(String hook) {
        return new TestAbortedException("override StoreContractTest." + hook + "() to run this test");
    }
}
