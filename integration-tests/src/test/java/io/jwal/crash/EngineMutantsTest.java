package io.jwal.crash;

import io.jwal.damage.Quiet;
import io.jwal.store.tck.mutant.MutantTrials;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.ExtendWith;

/** Every mistake in the list is noticed by the exploration that it names, which passes without it. */
@ExtendWith(Quiet.class)
@Tag("proof")
class EngineMutantsTest {
    @TestFactory
    Stream<DynamicTest> isNoticed() {
        return MutantTrials.of("the engine and the file store", EngineMutants.all(), System.out::println);
    }
}
