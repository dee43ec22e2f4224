package io.jwal.store.tck.mutant;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jwal.store.tck.mutant.Mutant.Killer;
import org.junit.jupiter.api.Test;

class MutantTrialTest {
    private static final String SOURCE = "src/test/java/io/jwal/store/tck/mutant/Doubling.java";
    private static final Killer KILLER = Killer.of(DoublingTest.class, "twiceTwoIsFour");
    private static final Mutant MUTANT = Mutant.named("a mistake", "four", KILLER);

    @Test
    void aMistakeIsNoticed() {
        assertThat(MutantTrial.run(MUTANT.replacing(SOURCE, "number + number", "number + 1")))
                .hasValueSatisfying(said -> assertThat(said).contains("expected: 4", "but was: 3"));
    }

    @Test
    void whatIsNoMistakeIsNot() {
        assertThat(MutantTrial.run(MUTANT.replacing(SOURCE, "number + number", "number * number")))
                .isEmpty();
        assertThat(MutantTrial.run(KILLER)).isEmpty();
    }

    @Test
    void aMutantOfWhatIsNoLongerThereIsStale() {
        assertThatThrownBy(() -> MutantTrial.run(MUTANT.replacing(SOURCE, "number - number", "0")))
                .isInstanceOf(AssertionError.class)
                .hasMessageContainingAll("\"a mistake\" is stale", "no longer", SOURCE, "number - number");
    }

    @Test
    void aMutantOfWhatIsThereTwiceIsStale() {
        assertThatThrownBy(() -> MutantTrial.run(MUTANT.replacing(SOURCE, "number", "0")))
                .isInstanceOf(AssertionError.class)
                .hasMessageContainingAll("\"a mistake\" is stale", "more than once");
    }

    @Test
    void aMutantThatDoesNotCompileIsNotTakenForANoticedOne() {
        assertThatThrownBy(() -> MutantTrial.run(MUTANT.replacing(SOURCE, "number + number", "\"four\"")))
                .isInstanceOf(AssertionError.class)
                .hasMessageContainingAll("\"a mistake\" does not compile", "Doubling.java");
    }

    @Test
    void aTestThatIsNotThereIsNotTakenForOneThatFails() {
        assertThatThrownBy(() -> MutantTrial.run(Killer.of(DoublingTest.class, "twiceTwoIsFive")))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("twiceTwoIsFive");
    }

    /** They are declared in no particular order. */
    @Test
    void ofTwoMethodsOfOneNameNoneIsTakenForTheTest() {
        assertThatThrownBy(() -> MutantTrial.run(Killer.of(Overloaded.class, "twice")))
                .isInstanceOf(AssertionError.class)
                .hasMessageContainingAll("2 methods", "Overloaded.twice", "a name of its own");
    }

    static final class Overloaded {
        @Test
        void twice() {
            twice(2);
        }

        void twice(int number) {
            assertThat(Doubling.of(number)).isEqualTo(2 * number);
        }
    }
}
