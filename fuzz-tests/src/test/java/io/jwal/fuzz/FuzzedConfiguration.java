package io.jwal.fuzz;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.jwal.ConfigException;
import io.jwal.core.WalConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A configuration, of every store there is. Stores are not opened. */
final class FuzzedConfiguration implements FuzzedReader {
    private static final Path PAGE = Path.of("..", "docs", "configuration.md");
    private static final Pattern EXAMPLE = Pattern.compile("```json\n(.*?)```", Pattern.DOTALL);

    @Override
    public void read(byte[] input) {
        try {
            WalConfig config = WalConfig.parse(new String(input, UTF_8));
            if (config.toString().isBlank()) {
                throw new AssertionError("a configuration without a text");
            }
        } catch (ConfigException e) {
            if (e.problems().isEmpty()
                    || e.problems().stream()
                            .anyMatch(problem -> problem.message().isBlank())) {
                throw new AssertionError("a problem is not said", e);
            }
            throw e;
        }
    }

    @Override
    public List<byte[]> seeds() throws IOException {
        List<byte[]> seeds = new ArrayList<>();
        Matcher examples = EXAMPLE.matcher(Files.readString(PAGE));
        while (examples.find()) {
            seeds.add(examples.group(1).getBytes(UTF_8));
        }
        return seeds;
    }
}
