package io.jwal.proof;

import static org.assertj.core.api.Assertions.assertThat;

import io.jwal.store.tck.proof.ProofRecord;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/** Runs behind the explorers of {@code mvn verify -Pproof}: writes the report, and fails for what they have found. */
@Tag("proof")
@EnabledIfSystemProperty(named = ProofRecord.FOLDER, matches = ".+", disabledReason = "there was no proof")
class ProofReportIT {
    /** Who must have written something down, or it would look as if all were well. */
    private static final List<String> EXPLORERS = List.of(
            "crashes of the engine on the file store, SYNC",
            "crashes of the engine on the file store, INTERVAL",
            "failing calls of the disk, BROKEN",
            "failing calls of the disk, FULL_FOR_GOOD",
            "failing calls of the object storage, REQUEST_LOST_FOR_GOOD",
            "failing calls of the object storage, ANSWER_LOST",
            "failing calls of the object storage, TRIED_AGAIN",
            "killed processes, EVERYTHING",
            "mutants, the engine and the file store",
            "mutants, the protocol on S3",
            "mutants, the tiered store",
            "random operations against a list, memory store",
            "random operations against a list, tiered",
            "takeovers on S3, a fake one",
            "the protocol on S3, any scenario");

    @Test
    void nothingWasFoundThatMayNotBe() throws IOException {
        Path folder = Path.of(System.getProperty(ProofRecord.FOLDER));
        ProofReport report = new ProofReport(ProofRecord.readAll(folder));
        Path page = folder.resolve("proof.md");
        Files.writeString(page, report.markdown());
        System.out.println(page);

        assertThat(report.explorers()).containsAll(EXPLORERS);
        assertThat(report.violations()).isEmpty();
        assertThat(report.survivors()).isEmpty();
    }
}
