package io.jwal.cli.shell;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.Random;
import org.junit.jupiter.api.Test;

class OutputTest {
    @Test
    void whatIsWrittenInPiecesOfAnySizeComesOutInOrder() throws IOException {
        byte[] bytes = new byte[500_000];
        new Random(1).nextBytes(bytes);
        ByteArrayOutputStream target = new ByteArrayOutputStream();
        Output out = new Output(target);
        int at = 0;
        for (int size = 1; at < bytes.length; size = size * 3 % 100_003) {
            int length = Math.min(size, bytes.length - at);
            out.write(ByteBuffer.wrap(bytes, at, length));
            at += length;
        }
        out.flush();
        assertThat(target.toByteArray()).isEqualTo(bytes);
    }

    @Test
    void aClosedPipeIsToldFromAFailure() {
        assertThatThrownBy(() -> writeTo("Broken pipe")).isInstanceOf(ClosedOutputException.class);
        assertThatThrownBy(() -> writeTo("The pipe is being closed")).isInstanceOf(ClosedOutputException.class);
        assertThatThrownBy(() -> writeTo("No space left on device"))
                .isNotInstanceOf(ClosedOutputException.class)
                .hasMessage("cannot write to standard output: No space left on device");
    }

    private static void writeTo(String failure) throws IOException {
        Output out = new Output(new OutputStream() {
            @Override
            public void write(int value) throws IOException {
                throw new IOException(failure);
            }
        });
        out.line("text");
        out.flush();
    }
}
