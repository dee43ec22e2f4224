package io.jwal.s3.servers;

import java.net.URI;
import java.util.Map;
import java.util.function.Consumer;

/** Whichever S3 the environment names. Naming one without saying how to get in is a mistake, not a reason to look elsewhere. */
record EnvironmentSource(Map<String, String> environment) implements S3Source {
    @Override
    public String name() {
        return "the environment";
    }

    @Override
    public S3Server open(Consumer<String> progress) throws Unavailable {
        String endpoint = environment.getOrDefault("JWAL_S3_ENDPOINT", "");
        if (endpoint.isBlank()) {
            throw new Unavailable("JWAL_S3_ENDPOINT is not set");
        }
        String region = environment.getOrDefault("JWAL_S3_REGION", environment.getOrDefault("AWS_REGION", "us-east-1"));
        return new KnownServer(
                "the S3 at " + endpoint,
                URI.create(endpoint),
                region,
                either("JWAL_S3_ACCESS_KEY", "AWS_ACCESS_KEY_ID"),
                either("JWAL_S3_SECRET_KEY", "AWS_SECRET_ACCESS_KEY"),
                () -> {});
    }

    private String either(String ours, String aws) {
        String value = environment.getOrDefault(ours, environment.getOrDefault(aws, ""));
        if (value.isBlank()) {
            throw new IllegalStateException("JWAL_S3_ENDPOINT is set, but neither " + ours + " nor " + aws);
        }
        return value;
    }
}
