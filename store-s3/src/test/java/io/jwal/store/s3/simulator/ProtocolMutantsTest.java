package io.jwal.store.s3.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import io.jwal.store.tck.mutant.Mutant;
import io.jwal.store.tck.mutant.MutantTrial;
import io.jwal.store.tck.mutant.MutantTrials;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Every mistake in the list is noticed by the test that it names, which passes without it. */
@Tag("proof")
class ProtocolMutantsTest {
    @TestFactory
    Stream<DynamicTest> isNoticed() {
        return MutantTrials.of("the protocol on S3", ProtocolMutants.all(), System.out::println);
    }

    /** The tests themselves are run without a mutant, too; this is about the way in which mutants are run. */
    @Test
    void nothingIsNoticedWithoutAMutant() {
        Mutant.Killer killer = Mutant.Killer.of(ProtocolExplorationTest.class, "aTakeoverByChance");
        assertThat(MutantTrial.run(killer)).isEmpty();
    }
}
