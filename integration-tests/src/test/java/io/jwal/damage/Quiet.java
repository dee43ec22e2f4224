package io.jwal.damage;

import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Keeps what the log says of trouble out of the output of tests that make it a hundred thousand times. */
public final class Quiet implements BeforeAllCallback, AfterAllCallback {
    private PrintStream before = System.err;

    @Override
    public void beforeAll(ExtensionContext context) {
        before = System.err;
        System.setErr(new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8));
    }

    @Override
    public void afterAll(ExtensionContext context) {
        System.setErr(before);
    }
}
