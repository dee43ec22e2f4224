package io.jwal.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jwal.ConfigException;
import io.jwal.core.config.StoreTypes;
import io.jwal.store.ByteSize;
import io.jwal.store.Store;
import io.jwal.store.StoreContext;
import io.jwal.store.StoreProvider;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class WalConfigTest {
    public record ShelfConfig(String label, @Nullable Integer boards) {}

    static final class ShelfProvider implements StoreProvider<ShelfConfig> {
        @Override
        public String type() {
            return "shelf";
        }

        @Override
        public Class<ShelfConfig> configType() {
            return ShelfConfig.class;
        }

        @Override
        public Store open(ShelfConfig config, StoreContext context) {
            throw new UnsupportedOperationException();
        }
    }

    private static final StoreTypes STORES = StoreTypes.of(List.of(new ShelfProvider()));

    @Test
    void aFileNeedsNothingButAStore() {
        WalConfig config = parse("{'store': {'type': 'shelf', 'label': 'logs'}}");
        assertThat(config.storeType()).isEqualTo("shelf");
        assertThat(config.maxEntry()).isEqualTo(ByteSize.ofMebibytes(64));
        assertThat(config.maxBatch()).isEqualTo(ByteSize.ofMebibytes(256));
    }

    @Test
    void allMistakesOfAFileAreReportedAtOnce() {
        assertThatThrownBy(() -> parse("""
                        {'store': {'type': 'shelf', 'lable': 'logs', 'boards': '5'},
                         'segment': {'size': 12, 'maxAge': 3},
                         'durability': {'mode': 'syn'},
                         'maxEntri': 3}"""))
                .isInstanceOf(ConfigException.class)
                .hasMessage(String.join(
                        System.lineSeparator(),
                        "wal.json: 6 mistakes",
                        "  store.lable: the shelf store has no such option; did you mean \"label\"?",
                        "  store.boards: expected a whole number without quotes",
                        "  segment.maxAge: 3 has no unit; write a unit, such as 100ms",
                        "  durability.mode: \"syn\" is not one of \"sync\", \"interval\", \"none\";"
                                + " did you mean \"sync\"?",
                        "  maxEntri: there is no such option; did you mean \"maxEntry\"?",
                        "  segment.size: 12B is too small; at least 4KiB"));
    }

    private static WalConfig parse(String json) {
        return WalConfig.parse(json.replace('\'', '"'), "wal.json", name -> null, STORES);
    }
}
