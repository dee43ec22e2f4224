import org.jspecify.annotations.NullMarked;

/** The way into a log, and the engine behind it. */
@NullMarked
module io.jwal.core {
    requires transitive io.jwal;
    requires org.jspecify;
    requires com.fasterxml.jackson.databind;
    requires com.github.benmanes.caffeine;
}
