import org.jspecify.annotations.NullMarked;

/** The store of type {@code s3}: a log's bytes in a bucket. */
@NullMarked
@SuppressWarnings({
    "module", // the digit at the end of the name is that of S3
    "requires-automatic" // the SDK has no modules, only names for them
})
module io.jwal.store.s3 {
    requires transitive io.jwal;
    requires com.github.benmanes.caffeine;
    requires software.amazon.awssdk.auth;
    requires software.amazon.awssdk.awscore;
    requires software.amazon.awssdk.core;
    requires software.amazon.awssdk.http;
    requires software.amazon.awssdk.http.apache5;
    requires software.amazon.awssdk.profiles;
    requires software.amazon.awssdk.regions;
    requires software.amazon.awssdk.retries;
    requires software.amazon.awssdk.retries.api;
    requires software.amazon.awssdk.services.s3;
    requires software.amazon.awssdk.utils;
    requires static org.jspecify;

    // What the SDK needs and, being no module, cannot ask for
    requires java.naming;
    requires java.security.jgss;
    requires java.xml;
    requires jdk.net;
    requires org.slf4j;

    exports io.jwal.store.s3;

    provides io.jwal.store.StoreProvider with
            io.jwal.store.s3.S3StoreProvider;
}
