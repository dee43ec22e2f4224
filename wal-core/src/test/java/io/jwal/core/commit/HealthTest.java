package io.jwal.core.commit;

import static org.assertj.core.api.Assertions.assertThat;

import io.jwal.CorruptLogException;
import io.jwal.OutcomeUnknownException;
import io.jwal.WalException;
import org.junit.jupiter.api.Test;

class HealthTest {
    @Test
    void aLogFailsAlsoWhenTheManifestThatShouldTellWhyIsHurtItself() {
        CorruptLogException hurt = new CorruptLogException("the manifest is damaged", null);
        Health health = new Health(1, () -> {
            throw hurt;
        });
        CorruptLogException first = new CorruptLogException("a segment is damaged", null);

        WalException answer = health.fail(first);

        assertThat(answer).isInstanceOf(OutcomeUnknownException.class).hasCause(first);
        assertThat(first).hasSuppressedException(hurt);
        assertThat(health.canWrite()).isFalse();
    }

    /** Or those who wait for the batch would wait for ever. */
    @Test
    void aStoreWithABugDoesNotKeepALogFromFailing() {
        Health health = new Health(1, () -> {
            throw new IllegalStateException("a bug");
        });
        CorruptLogException first = new CorruptLogException("a segment is damaged", null);

        assertThat(health.fail(first))
                .isInstanceOf(OutcomeUnknownException.class)
                .hasCause(first);
        assertThat(health.canWrite()).isFalse();
    }
}
