import io.jwal.cli.shell.ProgramLogs;
import io.jwal.store.StoreProvider;
import org.jspecify.annotations.NullMarked;

/** The wal command. */
@NullMarked
module io.jwal.cli {
    requires com.fasterxml.jackson.core;
    requires info.picocli;
    requires io.jwal.core;
    requires io.jwal.store.file;
    requires io.jwal.store.tiered;
    requires me.tongfei.progressbar;
    requires static org.jspecify;

    opens io.jwal.cli to
            info.picocli;
    opens io.jwal.cli.command to
            info.picocli;

    uses StoreProvider;

    provides System.LoggerFinder with
            ProgramLogs;
}
