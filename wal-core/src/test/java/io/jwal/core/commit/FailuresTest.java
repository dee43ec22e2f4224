package io.jwal.core.commit;

import static org.assertj.core.api.Assertions.assertThat;

import io.jwal.CorruptLogException;
import io.jwal.FencedException;
import io.jwal.OutcomeUnknownException;
import io.jwal.WalClosedException;
import io.jwal.WalException;
import io.jwal.WalFailedException;
import java.io.IOException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class FailuresTest {
    private static final IOException CAUSE = new IOException("the disk is gone");

    static Stream<WalException> shared() {
        return Stream.of(
                new OutcomeUnknownException("a change failed", CAUSE),
                new WalFailedException("failed before", CAUSE),
                new FencedException(1, 2, CAUSE),
                new WalClosedException("the log"));
    }

    @ParameterizedTest
    @MethodSource("shared")
    void aCopySaysTheSameFromAnotherPlace(WalException shared) {
        WalException copy = Failures.copy(shared);
        assertThat(copy).isNotSameAs(shared).hasSameClassAs(shared).hasMessage(shared.getMessage());
        assertThat(copy.getCause()).isSameAs(shared.getCause());
    }

    @Test
    void whatTheLogDoesNotThrowItselfIsPassedOn() {
        CorruptLogException damage = new CorruptLogException("a segment is damaged", null);
        assertThat(Failures.copy(damage)).isSameAs(damage);
    }
}
