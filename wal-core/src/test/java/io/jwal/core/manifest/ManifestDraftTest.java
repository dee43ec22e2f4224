package io.jwal.core.manifest;

import static org.assertj.core.api.Assertions.assertThat;

import io.jwal.store.LogManifest;
import io.jwal.store.LogManifest.Cut;
import io.jwal.store.LogManifest.Segment;
import io.jwal.store.LogManifest.State;
import io.jwal.store.SegmentId;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class ManifestDraftTest {
    private static final Segment FIRST = sealed(1, 1, 10);
    private static final Segment SECOND = sealed(2, 11, 20);
    private static final Segment HOT = Segment.open(new SegmentId(2, 3), 3);
    private static final Segment AHEAD = Segment.open(new SegmentId(2, 4), 4);
    private static final Segment ASIDE = Segment.open(new SegmentId(1, 9), 9).quarantined();
    private static final LogManifest BEFORE =
            new LogManifest(2, 3, 20, 1, List.of(new Cut(1, 5)), List.of(FIRST, SECOND, HOT, ASIDE));

    private static Segment sealed(int sequence, long first, long last) {
        return new Segment(new SegmentId(2, sequence), sequence, State.SEALED, first, last, 500, first * 10, last * 10);
    }

    private static LogManifest after(Consumer<ManifestDraft> change) {
        return ManifestDraft.edit(change).apply(BEFORE);
    }

    @Test
    void nothingChangedIsTheSame() {
        assertThat(after(draft -> {})).isEqualTo(BEFORE);
    }

    @Test
    void fieldsAreSet() {
        LogManifest after = after(draft -> draft.first(4).durable(19));
        assertThat(after.firstIndex()).isEqualTo(4);
        assertThat(after.durableIndex()).isEqualTo(19);
        assertThat(after.epoch()).isEqualTo(2);
        assertThat(after.cutCounter()).isEqualTo(1);
    }

    @Test
    void segmentsAreNamedInTheOrderOfTheirStates() {
        assertThat(after(draft -> draft.add(AHEAD)).segments()).containsExactly(FIRST, SECOND, HOT, AHEAD, ASIDE);
        assertThat(after(draft -> draft.remove(List.of(HOT.id(), FIRST.id()))).segments())
                .containsExactly(SECOND, ASIDE);
        Segment sealedNow = sealed(3, 21, 30);
        assertThat(after(draft -> draft.replace(sealedNow)).segments())
                .containsExactly(FIRST, SECOND, sealedNow, ASIDE);
        assertThat(after(draft -> draft.replace(sealed(7, 21, 30))))
                .as("not named any more")
                .isEqualTo(BEFORE);
    }

    @Test
    void theLastSixteenCutsAreRemembered() {
        LogManifest after = after(draft -> {
            for (int i = 0; i < 15; i++) {
                draft.cut(40 + i);
            }
        });
        assertThat(after.cutCounter()).isEqualTo(16);
        assertThat(after.cuts()).hasSize(16).startsWith(new Cut(1, 5), new Cut(2, 40));
        LogManifest more = ManifestDraft.edit(draft -> draft.cut(60)).apply(after);
        assertThat(more.cutCounter()).isEqualTo(17);
        assertThat(more.cuts()).hasSize(16).startsWith(new Cut(2, 40)).endsWith(new Cut(17, 60));
    }

    @Test
    void aCutTakesSegmentsBackAndLowersWhatIsDurable() {
        LogManifest within = after(draft -> draft.cutAfter(15, 99));
        assertThat(within.segments()).containsExactly(FIRST, SECOND.endingAt(15, 99), HOT, ASIDE);
        assertThat(within.durableIndex()).isEqualTo(15);
        assertThat(within.cuts()).endsWith(new Cut(2, 15));

        assertThat(after(draft -> draft.cutAfter(20, 99)).segments()).containsExactly(FIRST, SECOND, HOT, ASIDE);
        assertThat(after(draft -> draft.cutAfter(11, 99)).segments())
                .containsExactly(FIRST, SECOND.endingAt(11, 99), HOT, ASIDE);
        assertThat(after(draft -> draft.cutAfter(10, 99)).segments()).containsExactly(FIRST, HOT, ASIDE);
        assertThat(after(draft -> draft.cutAfter(2, 99)).segments())
                .as("it ends before the log begins")
                .containsExactly(HOT, ASIDE);
        assertThat(after(draft -> draft.cutAfter(3, 99)).segments()).containsExactly(FIRST.endingAt(3, 99), HOT, ASIDE);
    }

    @Test
    void emptiedItKeepsWhatIsSetAsideAndGoesOnAtAnIndex() {
        LogManifest after = after(draft -> draft.empty(50));
        assertThat(after.segments()).containsExactly(ASIDE);
        assertThat(after.firstIndex()).isEqualTo(50);
        assertThat(after.durableIndex()).isEqualTo(49);
        assertThat(after.cutCounter()).isEqualTo(1);
    }

    @Test
    void whatEndsBeforeTheLogBeginsIsDropped() {
        assertThat(after(draft -> draft.first(10).dropPassed()).segments()).containsExactly(FIRST, SECOND, HOT, ASIDE);
        assertThat(after(draft -> draft.first(11).dropPassed()).segments()).containsExactly(SECOND, HOT, ASIDE);
        assertThat(after(draft -> draft.first(21).dropPassed()).segments()).containsExactly(HOT, ASIDE);
    }

    @Test
    void anotherEpochChangesNothingElse() {
        LogManifest next = ManifestCodec.MANIFEST.withEpoch(BEFORE, 3);
        assertThat(ManifestCodec.MANIFEST.epoch(next)).isEqualTo(3);
        assertThat(ManifestCodec.MANIFEST.withEpoch(next, 2)).isEqualTo(BEFORE);
        assertThat(ManifestCodec.MANIFEST.decode(ManifestCodec.MANIFEST.encode(BEFORE)))
                .isEqualTo(BEFORE);
        assertThat(ManifestCodec.MANIFEST.registerName()).isEqualTo("manifest");
    }
}
