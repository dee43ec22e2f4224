package io.jwal.store.s3;

import io.jwal.store.Store;
import io.jwal.store.StoreContext;
import io.jwal.store.StoreProvider;
import io.jwal.store.s3.objects.RequestThreads;
import io.jwal.store.s3.protocol.S3Store;
import io.jwal.store.s3.sdk.SdkObjectStorage;

/** Makes stores of type {@code s3}. Found by {@link java.util.ServiceLoader}; nobody need name it. */
public final class S3StoreProvider implements StoreProvider<S3StoreConfig> {
    /** For {@link java.util.ServiceLoader}. */
    public S3StoreProvider() {}

    @Override
    public String type() {
        return "s3";
    }

    @Override
    public Class<S3StoreConfig> configType() {
        return S3StoreConfig.class;
    }

    @Override
    public Store open(S3StoreConfig config, StoreContext context) {
        return new S3Store(
                new SdkObjectStorage(config.sdk()),
                new RequestThreads(config.connections()),
                config.protocol(),
                context);
    }
}
