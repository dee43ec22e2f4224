package io.jwal.benchmarks.result;

import java.util.List;
import java.util.Map;

/**
 * Where and how a run was made.
 *
 * @param command the command line
 * @param date when it ended
 * @param minutes how long it took
 * @param scale the scale's name
 * @param rounds how often each peer had its turn
 * @param machine the processor, the cores, the memory, the kernel
 * @param media what each medium is, with what a sync costs on it
 * @param versions the version of each peer's library
 * @param flags the flags of every JVM
 * @param notes what could not be measured, and why
 */
public record Environment(
        String command,
        String date,
        double minutes,
        String scale,
        int rounds,
        String machine,
        List<MediumNote> media,
        Map<String, String> versions,
        List<String> flags,
        List<String> notes) {
    /**
     * A medium that was measured on.
     *
     * @param name its name
     * @param description what it is
     * @param syncMicros what 128 bytes and a sync cost, the median
     */
    public record MediumNote(String name, String description, double syncMicros) {}
}
