package io.jwal.cli.command;

/** Says something if the process is told to end (Ctrl-C, SIGTERM) before the work is done. */
final class InterruptNotice {
    private final Thread hook;

    InterruptNotice(Runnable notice) {
        hook = new Thread(notice, "jwal-interrupted");
        Runtime.getRuntime().addShutdownHook(hook);
    }

    /** The work is done. */
    void withdraw() {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // The process is ending already, and the notice is being given.
        }
    }
}
