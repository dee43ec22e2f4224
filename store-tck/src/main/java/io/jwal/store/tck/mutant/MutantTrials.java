package io.jwal.store.tck.mutant;

import io.jwal.store.tck.proof.ProofRecord;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;

/** A list of mutants as tests, one each, that fail for those that survive. */
public final class MutantTrials {
    private MutantTrials() {}

    /**
     * Tries each mutant of a list.
     *
     * @param list what the mistakes are made in
     * @param mutants the mutants
     * @param said is told of each what noticed it
     * @return a test for each
     */
    public static Stream<DynamicTest> of(String list, List<Mutant> mutants, Consumer<String> said) {
        ProofRecord record = new ProofRecord("mutants, " + list);
        return mutants.stream()
                .map(mutant -> DynamicTest.dynamicTest(mutant.name(), () -> {
                    Optional<String> noticed = MutantTrial.run(mutant);
                    record.mutant(
                            mutant.name(), noticed.isPresent() ? mutant.killer().toString() : "");
                    record.write();
                    if (noticed.isEmpty()) {
                        throw new AssertionError("\"" + mutant.name() + "\", which loses " + mutant.loses()
                                + ", is not noticed by " + mutant.killer());
                    }
                    said.accept("mutant \"" + mutant.name() + "\": "
                            + noticed.get().lines().limit(2).toList() + " in " + mutant.killer());
                }));
    }
}
