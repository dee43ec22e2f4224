package io.jwal.core.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.jwal.ConfigException;
import io.jwal.store.Secret;
import java.io.PrintWriter;
import java.io.StringWriter;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class SecretsTest {
    private static final String SECRET = "hunter2-hunter2";

    public record Vault(
            @Nullable String user, Secret key, @Nullable Integer retries) {
        public Vault {
            if (user == null) {
                throw new IllegalArgumentException("user is missing beside the key " + key.reveal());
            }
        }
    }

    @Test
    void aSecretReachesItsStoreAndNoText() {
        Object read = Reading.of(Vault.class).with("KEY", SECRET).read("{'user': 'me', 'key': '${KEY}'}");
        assertThat(((Vault) read).key().reveal()).isEqualTo(SECRET);
        assertThat(read).hasToString("Vault[user=me, key=***, retries=null]");
    }

    @Test
    void notEvenAStoreThatRepeatsItsSecretLetsItOut() {
        ConfigException refusal = Reading.of(Vault.class).refusal("{'key': '" + SECRET + "'}");
        assertThat(refusal).hasMessage("wal.json: store: user is missing beside the key ***");
        assertThat(everything(refusal)).doesNotContain(SECRET);
    }

    @Test
    void aVariableThatFeedsASecretIsASecretEverywhere() {
        ConfigException refusal = Reading.of(Vault.class)
                .with("KEY", SECRET)
                .refusal("{'user': 'me', 'retries': '${KEY}', 'key': 'prefix-${KEY}'}");
        assertThat(refusal).hasMessage("wal.json: store.retries: \"***\" is not a whole number");
        assertThat(everything(refusal)).doesNotContain(SECRET);
    }

    @Test
    void aSecretInAPlaceWhereNoneBelongsIsNotRepeated() {
        for (String options : new String[] {
            "{'user': 'me', 'key': ['" + SECRET + "']}",
            "{'user': 'me', 'key': {'value': '" + SECRET + "'}}",
            "{'user': 'me', 'key': '${" + SECRET + "'}",
            "{'user': 'me', 'kye': '" + SECRET + "'}",
            "{'user': 'me', 'key': " + SECRET + "}",
            "{'user': 'me', 'key': '" + SECRET + "\\x'}",
            "{'user': 'me', 'key': '" + SECRET + "', 'key': '" + SECRET + "'}",
            "{'user': 'me', 'retries': '" + SECRET + "', 'key': 'other'}",
        }) {
            ConfigException refusal = Reading.of(Vault.class).refusal(options);
            assertThat(everything(refusal)).as(options).doesNotContain(SECRET);
        }
    }

    private static String everything(ConfigException refusal) {
        StringWriter text = new StringWriter();
        refusal.printStackTrace(new PrintWriter(text));
        return text + refusal.problems().toString();
    }
}
