package io.jwal.store.tiered;

import io.jwal.store.tck.mutant.Mutant;
import io.jwal.store.tck.mutant.Mutant.Killer;
import java.util.List;

/**
 * Mistakes in the protocol between hot store, archive and archiver, each with what it would lose.
 *
 * <p>Not in the list is what loses nothing by itself: that a takeover writes the archive before the hot store's id (until
 * the id says that the log is complete, the takeover is asked for again), and that it raises the archive's epoch (the
 * archiver that follows does so before it writes a piece).
 */
final class TieredMutants {
    private static final String TIERED = "src/main/java/io/jwal/store/tiered/";
    private static final String ADMISSION = TIERED + "Admission.java";
    private static final String ARCHIVER = TIERED + "Archiver.java";
    private static final String IMAGE = TIERED + "ArchiveImage.java";

    private static final Killer CRASH = Killer.of(ArchiveCrashTest.class, "noStepOfArchivingLosesAnything");
    private static final Killer LAGGED =
            Killer.of(ArchiveTakeoverTest.class, "theLostMachineIsFencedWhenItComesBackAndLeftWhole");

    private TieredMutants() {}

    static List<Mutant> all() {
        return List.of(
                Mutant.named(
                                "a piece not read back",
                                "entries that the archive stored wrongly",
                                Killer.of(BadDaysTest.class, "whatTheArchiveStoresWronglyIsSentAgain"))
                        .replacing(
                                TIERED + "Uploads.java", "            compare(extent, encoding, digests.given);\n", ""),
                Mutant.named("a hot copy freed before the archive names its copy", "acknowledged entries", CRASH)
                        .replacing(
                                ARCHIVER,
                                "                suspect = null;\n",
                                "                suspect = null;\n                hot.deleteSegment(named.id());\n"),
                Mutant.named(
                                "a collector that deletes named pieces",
                                "the archive",
                                Killer.of(ArchiveTakeoverTest.class, "aTakeoverGoesOnWithAllThatWasArchived"))
                        .replacing(ARCHIVER, "!named.contains(piece) && ", ""),
                Mutant.named("an image that reaches past what is archived", "an intact log after a takeover", LAGGED)
                        .replacing(IMAGE, "Math.min(log.durableIndex(), last)", "log.durableIndex()"),
                Mutant.named(
                                "an image that goes back behind what is archived",
                                "archived entries",
                                Killer.of(ArchivingTest.class, "whatIsJoinedStaysInTheArchiveUntilItIsArchivedAnew"))
                        .replacing(IMAGE, "!image.complete && image.last < image.mustHold()", "image.last < 0"),
                Mutant.named("a hot store not compared with the one that feeds", "the other machine's entries", LAGGED)
                        .replacing(ADMISSION, "!there.hotId().equals(id.id())", "there.epoch() < 0"),
                Mutant.named(
                                "a takeover complete before the log is there",
                                "all entries: a crash leaves an empty log",
                                Killer.of(
                                        ArchiveTakeoverTest.class,
                                        "aCrashBetweenTheWritesOfATakeoverNeedsATakeoverAgain"))
                        .replacing(
                                ADMISSION,
                                "HotId.random(HotId.Standing.TAKING_OVER)",
                                "HotId.random(HotId.Standing.ATTACHED)"),
                Mutant.named(
                                "the log's epoch not raised by a takeover",
                                "entries: two segments share an id",
                                Killer.of(ArchiveTakeoverTest.class, "noTwoSegmentsShareAnIdThoughTheArchiveLagged"))
                        .replacing(
                                ADMISSION,
                                "((image.epoch() >>> TAKEOVER_SHIFT) + 1) << TAKEOVER_SHIFT",
                                "image.epoch()"),
                Mutant.named(
                                "an archive that is gone begun again",
                                "what it had, unless somebody notices",
                                Killer.of(ArchiveTakeoverTest.class, "anArchiveThatIsGoneIsNotBegunAgain"))
                        .replacing(
                                ADMISSION,
                                "                throw archiveGone();\n            }\n            return attachOrGoOn(id);",
                                "                return attachOrGoOn(id);\n            }\n            return attachOrGoOn(id);"));
    }
}
