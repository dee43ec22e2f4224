import org.jspecify.annotations.NullMarked;

/** What applications call and what stores implement. */
@NullMarked
module io.jwal {
    requires static org.jspecify;
}
