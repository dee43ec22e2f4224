import org.jspecify.annotations.NullMarked;

/** The wal command. */
@NullMarked
module io.jwal.cli {
    requires io.jwal.core;
    requires static org.jspecify;
    requires com.fasterxml.jackson.databind;
    requires info.picocli;
    requires me.tongfei.progressbar;

    opens io.jwal.cli to
            info.picocli;
}
