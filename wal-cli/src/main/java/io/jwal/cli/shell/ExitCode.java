package io.jwal.cli.shell;

/** What a program that runs {@code wal} can tell from its exit code. Fixed: scripts depend on them. */
public enum ExitCode {
    /** Everything asked for was done. */
    OK(0, "done"),
    /** What was to be checked is not as it should be. */
    PROBLEM(1, "a problem was found (verify, archive verify, copy, config check)"),
    /** The command line, the configuration or the input is wrong. */
    MISUSE(2, "wrong option, configuration or input"),
    /** Another process writes the log. */
    LOCKED(3, "another process has the log open for writing"),
    /** Another process has taken the log over. */
    FENCED(4, "a newer writer has taken the log over"),
    /** Bytes of the log are not what was written. */
    CORRUPT(5, "the log is damaged"),
    /** Something outside of the log did not work. */
    FAILED(6, "a store, a file or a pipe failed"),
    /** There is nothing to look at. */
    NO_LOG(7, "there is no log"),
    /** The log does not hold what was asked for. */
    OUT_OF_RANGE(8, "no such index or consumer"),
    /** This program is too old for the log. */
    UNSUPPORTED(9, "the log was written by a newer version"),
    /** This should not happen. */
    INTERNAL(70, "a bug in this program, or it could not be built");

    private final int code;
    private final String meaning;

    ExitCode(int code, String meaning) {
        this.code = code;
        this.meaning = meaning;
    }

    /** The number that the shell sees. */
    public int code() {
        return code;
    }

    /** What it means, for people. */
    public String meaning() {
        return meaning;
    }
}
