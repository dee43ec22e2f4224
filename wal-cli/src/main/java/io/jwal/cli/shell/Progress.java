package io.jwal.cli.shell;

/** Tells whoever watches how far a long work has come. */
public interface Progress extends AutoCloseable {
    /** How long the whole is when that is not known. */
    long UNKNOWN = -1;

    /** Nobody watches. */
    Progress NONE = new Progress() {
        @Override
        public void at(long bytes) {}

        @Override
        public void close() {}
    };

    /** So many bytes are done, of all. */
    void at(long bytes);

    /** The work has ended, well or not. */
    @Override
    void close();

    /** Shows progress in bytes on standard error if that is a terminal, and nothing otherwise. */
    static Progress of(Shell shell, String task, long bytes) {
        return shell.showsProgress() ? new Bar(shell, task, bytes) : NONE;
    }
}
