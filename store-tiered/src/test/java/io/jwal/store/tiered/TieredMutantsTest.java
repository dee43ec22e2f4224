package io.jwal.store.tiered;

import io.jwal.store.tck.mutant.MutantTrials;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;

/** Every mistake in the list is noticed by the test that it names, which passes without it. */
@Tag("proof")
class TieredMutantsTest {
    @TestFactory
    Stream<DynamicTest> isNoticed() {
        return MutantTrials.of("the tiered store", TieredMutants.all(), System.out::println);
    }
}
