package io.jwal.store.s3.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import io.jwal.store.tck.mutant.Mutant;
import io.jwal.store.tck.mutant.MutantTrial;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Every mistake in the list is noticed by the test that it names, which passes without it. */
class ProtocolMutantsTest {
    @TestFactory
    Stream<DynamicTest> isNoticed() {
        return ProtocolMutants.all().stream()
                .map(mutant -> DynamicTest.dynamicTest(mutant.name(), () -> {
                    Optional<String> noticed = MutantTrial.run(mutant);
                    assertThat(noticed)
                            .as("%s loses %s; %s", mutant.name(), mutant.loses(), mutant.killer())
                            .isPresent();
                    System.out.println("mutant \"" + mutant.name() + "\": "
                            + noticed.get().lines().limit(2).toList() + " in "
                            + mutant.killer().method());
                }));
    }

    /** The tests themselves are run without a mutant, too; this is about the way in which mutants are run. */
    @Test
    void nothingIsNoticedWithoutAMutant() {
        Mutant.Killer killer = Mutant.Killer.of(ProtocolExplorationTest.class, "aTakeoverByChance");
        assertThat(MutantTrial.run(killer)).isEmpty();
    }
}
