package io.jwal.store.s3.sdk;

import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.utils.SdkAutoCloseable;

/**
 * Credentials that can be fetched anew. The SDK's sources keep what they fetched until shortly before the expiry that
 * they were told; credentials that the server calls expired before that would be used on and on.
 */
final class RenewableCredentials implements AwsCredentialsProvider, AutoCloseable {
    private final Supplier<AwsCredentialsProvider> sources;
    private final ReentrantLock lock = new ReentrantLock();
    private volatile @Nullable AwsCredentialsProvider source;

    RenewableCredentials(Supplier<AwsCredentialsProvider> sources) {
        this.sources = sources;
    }

    @Override
    public AwsCredentials resolveCredentials() {
        try {
            return source().resolveCredentials();
        } catch (SdkClientException e) {
            throw new NoCredentialsException(e);
        }
    }

    /** What the next requests are signed with comes from this. */
    AwsCredentialsProvider source() {
        AwsCredentialsProvider known = source;
        return known == null ? replace(null) : known;
    }

    /**
     * Forgets what was fetched, unless another thread has done so already.
     *
     * @param stale the source whose credentials were refused
     */
    void renew(AwsCredentialsProvider stale) {
        replace(stale);
    }

    private AwsCredentialsProvider replace(@Nullable AwsCredentialsProvider stale) {
        lock.lock();
        try {
            AwsCredentialsProvider current = source;
            if (current != null && !current.equals(stale)) {
                return current;
            }
            AwsCredentialsProvider fresh = sources.get();
            source = fresh;
            close(stale);
            return fresh;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void close() {
        close(source);
    }

    private static void close(@Nullable AwsCredentialsProvider provider) {
        if (provider instanceof SdkAutoCloseable closeable) {
            closeable.close();
        }
    }
}
