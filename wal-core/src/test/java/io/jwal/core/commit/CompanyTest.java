package io.jwal.core.commit;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Whom a commit waits for, for how long, and when for nobody. */
class CompanyTest {
    private static final long SYNC = 100_000;

    private final Company company = new Company();

    @Test
    void theFirstCommitWaitsForNobody() {
        assertThat(company.nextPatience(1)).isZero();
    }

    @Test
    void aThreadThatAppendsAloneNeverWaits() {
        for (int i = 0; i < 10; i++) {
            company.ended(1, 0, SYNC);
            assertThat(company.nextPatience(1)).isZero();
        }
    }

    @Test
    void whoWasCoveredAndWhoWaitsAreExpectedTogether() {
        company.ended(8, 7, SYNC);
        assertThat(company.expected()).isEqualTo(15);
        assertThat(company.nextPatience(14)).isPositive();
        assertThat(company.nextPatience(15)).isZero();
    }

    @Test
    void allMayTakeAsLongAsACommitAndTheMissingTheirShare() {
        company.ended(8, 2, SYNC);
        assertThat(company.nextPatience(0)).isEqualTo(SYNC);
        assertThat(company.nextPatience(9)).isEqualTo(SYNC / 10);
    }

    @Test
    void sixteenAreEnough() {
        company.ended(40, 24, SYNC);
        assertThat(company.nextPatience(16)).isZero();
        assertThat(company.nextPatience(15)).isPositive();
        assertThat(company.expected()).isEqualTo(16);
    }

    @Test
    void whoIsMissedOnceIsForgottenLittleByLittle() {
        company.ended(8, 0, SYNC);
        company.ended(5, 0, SYNC);
        assertThat(company.expected()).isEqualTo(7);
        company.ended(5, 0, SYNC);
        assertThat(company.expected()).isEqualTo(6);
    }

    @Test
    void whereCommitsAreFastNobodyIsWaitedFor() {
        company.ended(8, 8, 19_999);
        assertThat(company.nextPatience(8)).isZero();
    }

    @Test
    void noDiskIsSoSlowThatAMillisecondIsNotEnough() {
        company.ended(8, 8, 20_000_000);
        assertThat(company.nextPatience(0)).isEqualTo(1_000_000);
    }

    @Test
    void whileTheyDoNotComeFewerAndFewerCommitsWait() {
        assertThat(commitsUntilOneWaits()).isEqualTo(1);
        for (int pause : new int[] {2, 4, 8, 16, 32, 64, 64}) {
            company.came(9, -1);
            assertThat(commitsUntilOneWaits()).isEqualTo(pause);
        }
    }

    @Test
    void onceTheyComeEveryCommitWaitsAgain() {
        company.ended(8, 8, SYNC);
        company.came(9, -1);
        company.came(9, -1);
        company.came(16, -1);
        assertThat(commitsUntilOneWaits()).isEqualTo(1);
    }

    @Test
    void whoComesLongAfterTheTimeWasOverHasNotCome() {
        company.ended(8, 8, SYNC);
        company.came(16, SYNC);
        assertThat(commitsUntilOneWaits()).isEqualTo(1);
        company.came(16, SYNC + 1);
        assertThat(commitsUntilOneWaits()).isEqualTo(2);
    }

    private int commitsUntilOneWaits() {
        for (int count = 1; ; count++) {
            company.ended(8, 8, SYNC);
            if (company.nextPatience(9) > 0) {
                return count;
            }
        }
    }
}
