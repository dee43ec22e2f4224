package io.jwal.store.s3.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class SimulationTest {
    private static final Scenario SCENARIO =
            Scenario.of("awraaw", "aabnawrdcx", "bbaaawrdac").followed(3).uncached();

    @Test
    void aPlanMakesTheSameRunAgain() {
        for (long seed = 1; seed <= 100; seed++) {
            Simulation.Outcome byChance = Simulation.run(SCENARIO, Course.by(Course.Chance.of(seed)));
            Simulation.Outcome again = Simulation.run(
                    SCENARIO, Course.by(Plan.parse(byChance.plan().toString())));
            assertThat(text(again.events()))
                    .as("seed %d, plan %s", seed, byChance.plan())
                    .isEqualTo(text(byChance.events()));
        }
    }

    private static List<String> text(List<Scheduler.Event> events) {
        return events.stream().map(Scheduler.Event::toString).toList();
    }

    @Test
    void aPlanForAnotherRunIsNotFollowed() {
        assertThatThrownBy(() -> new Exploration(SCENARIO).replay("0:9"))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("does not follow its plan: at step 0");
    }

    @Test
    void actorsThatWaitForEachOtherAreAViolation() {
        Scheduler scheduler = new Scheduler(Course.by(Plan.PLAIN));
        Machine machine = new Machine("machine", 1, false);
        scheduler.add(machine, "waiting", () -> true, () -> scheduler.awaitUntil(() -> false));
        scheduler.add(machine, "never", () -> false, () -> {});
        scheduler.run();
        assertThat(scheduler.violation())
                .isEqualTo("nobody can go on, but these have not ended: machine/waiting, machine/never");
    }

    @Test
    void anActorThatNeverEndsIsAViolation() {
        Scheduler scheduler = new Scheduler(Course.by(Plan.PLAIN));
        scheduler.add(new Machine("machine", 1, false), "", () -> true, () -> {
            while (true) {
                scheduler.pass("asks", "again");
            }
        });
        scheduler.run();
        assertThat(scheduler.violation()).isEqualTo("the run does not end");
    }
}
