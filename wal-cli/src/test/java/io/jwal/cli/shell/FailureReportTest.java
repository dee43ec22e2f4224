package io.jwal.cli.shell;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.jwal.ConfigException;
import io.jwal.CorruptLogException;
import io.jwal.EntryNotFoundException;
import io.jwal.EntryTooLargeException;
import io.jwal.FencedException;
import io.jwal.LogLockedException;
import io.jwal.LogNotFoundException;
import io.jwal.OutOfOrderException;
import io.jwal.OutOfRangeException;
import io.jwal.OutcomeUnknownException;
import io.jwal.StoreFailedException;
import io.jwal.TruncatedException;
import io.jwal.UnsupportedFormatException;
import io.jwal.WalClosedException;
import io.jwal.WalFailedException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FailureReportTest {
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private final Shell shell = Shell.of(InputStream.nullInputStream(), OutputStream.nullOutputStream(), err);

    @Test
    void everyKindOfFailureHasItsExitCode() {
        Map<Exception, Integer> codes = Map.ofEntries(
                Map.entry(new ConfigException("c", List.of(new ConfigException.Problem("", "wrong")), null), 2),
                Map.entry(new EntryTooLargeException("the entry", 2, 1, "maxEntry"), 2),
                Map.entry(new OutOfOrderException(1, 2), 2),
                Map.entry(new LogLockedException("locked", null), 3),
                Map.entry(new FencedException(1, 2, null), 4),
                Map.entry(new CorruptLogException("corrupt", null), 5),
                Map.entry(new WalFailedException("failed", null), 6),
                Map.entry(new OutcomeUnknownException("unknown", null), 6),
                Map.entry(new StoreFailedException("store", null), 6),
                Map.entry(new WalClosedException("the log"), 6),
                Map.entry(new IOException("disk"), 6),
                Map.entry(new UncheckedIOException(new IOException("disk")), 6),
                Map.entry(new LogNotFoundException("none", null), 7),
                Map.entry(new EntryNotFoundException(1, 2, 3), 8),
                Map.entry(new OutOfRangeException(1, 2, 3), 8),
                Map.entry(new TruncatedException(1, 2, 3), 8),
                Map.entry(new UnsupportedFormatException("segment", 2, 1), 9),
                Map.entry(new IllegalStateException("bug"), 70));
        codes.forEach((failure, code) -> assertThat(new FailureReport(shell, false).report(failure))
                .as(failure.toString())
                .isEqualTo(code));
    }

    @Test
    void aFailureIsOneLineAndItsStackTraceAnOption() {
        new FailureReport(shell, false).report(new StoreFailedException("the disk is gone; mount it", null));
        assertThat(err.toString(UTF_8)).isEqualTo("wal: the disk is gone; mount it" + System.lineSeparator());
        new FailureReport(shell, true).report(new StoreFailedException("the disk is gone; mount it", null));
        assertThat(err.toString(UTF_8)).contains("at io.jwal.cli.shell.FailureReportTest");
    }

    @Test
    void aClosedPipeIsNoFailure() {
        assertThat(new FailureReport(shell, true).report(new ClosedOutputException(new IOException("Broken pipe"))))
                .isZero();
        assertThat(err.size()).isZero();
    }

    @Test
    void aBugAsksToBeReported() {
        assertThat(new FailureReport(shell, false).report(new NullPointerException("x")))
                .isEqualTo(70);
        assertThat(err.toString(UTF_8)).contains("this should not happen").contains("--verbose");
    }
}
