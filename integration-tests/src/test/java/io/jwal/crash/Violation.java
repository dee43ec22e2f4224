package io.jwal.crash;

/** Something was found after a crash that may not be. */
final class Violation extends AssertionError {
    private static final long serialVersionUID = 1;

    private final transient CrashCase script;

    Violation(CrashCase script, String trail, Throwable cause) {
        super(trail + "\n  " + cause, cause);
        this.script = script;
    }

    /** What was done. */
    CrashCase script() {
        return script;
    }
}
