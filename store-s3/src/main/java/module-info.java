import org.jspecify.annotations.NullMarked;

/** The store of type {@code s3}: a log's bytes in a bucket. */
@NullMarked
@SuppressWarnings("module") // the digit at the end of the name is that of S3
module io.jwal.store.s3 {
    requires transitive io.jwal;
    requires com.github.benmanes.caffeine;
    requires static org.jspecify;
}
