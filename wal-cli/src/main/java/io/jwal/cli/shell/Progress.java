package io.jwal.cli.shell;

/** Tells whoever watches how far a long work has come. */
public interface Progress extends AutoCloseable {
    /** How long the whole is when that is not known. */
    long UNKNOWN = -1;

    /** Nobody watches. */
    Progress NONE = new Progress() {
        @Override
        public void at(long done) {}

        @Override
        public void close() {}
    };

    /** So much is done, of all: bytes or entries, whichever are shown. */
    void at(long done);

    /** The work has ended, well or not. */
    @Override
    void close();

    /** Shows progress in bytes on standard error if that is a terminal, and nothing otherwise. */
    static Progress of(Shell shell, String task, long bytes) {
        return shell.showsProgress() ? Bar.bytes(shell, task, bytes) : NONE;
    }

    /** The same in entries, where nobody knows how many bytes there are. */
    static Progress ofEntries(Shell shell, String task, long entries) {
        return shell.showsProgress() ? Bar.entries(shell, task, entries) : NONE;
    }
}
