package io.jwal.benchmarks.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.jwal.benchmarks.peer.PeerKind;
import io.jwal.benchmarks.result.Outcome;
import io.jwal.benchmarks.work.Cases;
import io.jwal.benchmarks.work.Measurement;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class CaseTableTest {
    private final List<Outcome> outcomes = new ArrayList<>();

    @Test
    void comparesRoundByRoundAndTakesTheMedian() {
        measured("W1/128B", PeerKind.RAW, 100, 50, 200);
        measured("W1/128B", PeerKind.JWAL, 150, 100, 210);
        assertThat(table("W1/128B").ratio(PeerKind.JWAL, PeerKind.RAW)).isEqualTo(1.5, within(1e-9));
    }

    @Test
    void comparesTimesTheOtherWayRound() {
        measured("W9/half", PeerKind.KAFKA, 10);
        measured("W9/half", PeerKind.JWAL, 5);
        assertThat(table("W9/half").ratio(PeerKind.JWAL, PeerKind.KAFKA)).isEqualTo(2, within(1e-9));
        assertThat(table("W9/half").verdict()).isEqualTo(CaseTable.Verdict.AIM);
    }

    @Test
    void isBehindWhenAPeerThatItShouldLeadIsAhead() {
        measured("W1/128B", PeerKind.RAW, 100);
        measured("W1/128B", PeerKind.JWAL, 160);
        measured("W1/128B", PeerKind.ROCKSDB, 170);
        CaseTable table = table("W1/128B");
        assertThat(table.ahead()).containsExactly(PeerKind.ROCKSDB);
        assertThat(table.verdict()).isEqualTo(CaseTable.Verdict.BEHIND);
    }

    @Test
    void isNotBehindARawLoopThatIsNoPeer() {
        measured("W1/128B", PeerKind.RAW, 100);
        measured("W1/128B", PeerKind.RAW_PREALLOCATED, 300);
        measured("W1/128B", PeerKind.JWAL, 120);
        assertThat(table("W1/128B").verdict()).isEqualTo(CaseTable.Verdict.AT_LEAST);
    }

    @Test
    void saysWhatFailedAndGoesOnWithTheRest() {
        measured("W1/128B", PeerKind.RAW, 100);
        measured("W1/128B", PeerKind.JWAL, 120);
        outcomes.add(new Outcome("W1/128B", PeerKind.LMDB, "plain", "17", 1, null, "no such library"));
        CaseTable table = table("W1/128B");
        assertThat(table.rows()).extracting(PeerRow::peer).contains(PeerKind.LMDB);
        assertThat(Report.rows(table).text("")).contains("LMDB").contains("failed");
        assertThat(table.ratio(PeerKind.LMDB, PeerKind.RAW)).isNaN();
    }

    private void measured(String caseId, PeerKind peer, double... values) {
        for (int round = 1; round <= values.length; round++) {
            outcomes.add(new Outcome(caseId, peer, "plain", "17", round, Measurement.of(values[round - 1]), null));
        }
    }

    private CaseTable table(String caseId) {
        return CaseTable.of(Cases.of(caseId), "plain", "17", outcomes);
    }
}
