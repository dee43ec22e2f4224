package io.jwal.docs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.jwal.core.WalConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What docs/s3.md shows can be used as it stands. */
class S3PageTest {
    private static final Path PAGE = Path.of("..", "docs", "s3.md");

    private static List<String> blocks(String kind) throws IOException {
        return Pattern.compile("```" + kind + "\\n(.*?)```", Pattern.DOTALL)
                .matcher(Files.readString(PAGE))
                .results()
                .map(block -> block.group(1))
                .toList();
    }

    @Test
    void theConfigurationsAreRead() throws IOException {
        assertThat(blocks("json"))
                .hasSizeGreaterThan(1)
                .allSatisfy(
                        json -> assertThat(WalConfig.parse(json).storeType()).isEqualTo("s3"));
    }

    @Test
    void thePolicyAndTheRuleAreJsonAboutOnePrefix() throws IOException {
        JsonMapper mapper = new JsonMapper();
        JsonNode policy = mapper.readTree(blocks("json policy").get(0));
        assertThat(policy.at("/Statement/0/Resource").asText()).endsWith("/orders/*");
        JsonNode rule = mapper.readTree(blocks("json lifecycle").get(0));
        assertThat(rule.at("/Rules/0/Filter/Prefix").asText()).isEqualTo("orders/");
    }
}
