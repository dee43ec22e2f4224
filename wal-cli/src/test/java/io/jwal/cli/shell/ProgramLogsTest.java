package io.jwal.cli.shell;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import org.junit.jupiter.api.Test;

class ProgramLogsTest {
    private final System.Logger logger = new ProgramLogs().getLogger("io.jwal", ProgramLogs.class.getModule());

    private String logged(Runnable logging) {
        PrintStream before = System.err;
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        System.setErr(new PrintStream(err, true, UTF_8));
        try {
            logging.run();
        } finally {
            System.setErr(before);
        }
        return err.toString(UTF_8);
    }

    @Test
    void aPlainMessageIsSaidAsItIs() {
        assertThat(logged(() -> logger.log(System.Logger.Level.WARNING, "the {0} is slow")))
                .isEqualTo("wal: the {0} is slow" + System.lineSeparator());
    }

    @Test
    void aPatternIsFilledAndAFailureIsNamed() {
        assertThat(logged(() -> logger.log(System.Logger.Level.WARNING, "the {0} is slow", "disk")))
                .isEqualTo("wal: the disk is slow" + System.lineSeparator());
        assertThat(logged(() -> logger.log(System.Logger.Level.WARNING, "no answer", new IOException("gone"))))
                .isEqualTo("wal: no answer: java.io.IOException: gone" + System.lineSeparator());
    }
}
