package io.jwal.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Heard what the writers said of one log before they were killed, and compares it with what the next one finds. */
final class Witness {
    /** What must be there. */
    private record Content(long first, TreeMap<Long, Payload> entries) {
        Content before(long newFirst) {
            return new Content(Math.max(first, newFirst), new TreeMap<>(entries.tailMap(newFirst)));
        }

        Content after(long last) {
            return new Content(first, new TreeMap<>(entries.headMap(last, true)));
        }
    }

    private Content promised = new Content(1, new TreeMap<>());
    private final Map<Long, Integer> unanswered = new HashMap<>();
    private @Nullable Content perhapsCut;
    private Content found = promised;
    private long acknowledged;
    private long survivors;
    private long nextAttempt = 1;

    long acknowledged() {
        return acknowledged;
    }

    /** Entries that were there though nobody had been promised them. */
    long unpromisedSurvivors() {
        return survivors;
    }

    long nextAttempt() {
        return nextAttempt;
    }

    void hear(String line) {
        String[] words = line.split(" ");
        switch (words[0]) {
            case "OPENING" -> found = new Content(0, new TreeMap<>());
            case "FIRST" -> found = new Content(Long.parseLong(words[1]), new TreeMap<>());
            case "HAS" ->
                found.entries()
                        .put(
                                Long.parseLong(words[1]),
                                new Payload(Long.parseLong(words[2]), Integer.parseInt(words[3])));
            case "READY" -> compare();
            case "TRY" -> tried(words);
            case "ACK" -> answered(words);
            default -> throw new IllegalStateException("the writer said: " + line);
        }
    }

    private void tried(String[] words) {
        switch (words[1]) {
            case "BEFORE" -> perhapsCut = promised.before(Long.parseLong(words[2]));
            case "AFTER" -> perhapsCut = promised.after(Long.parseLong(words[2]));
            default -> {
                long attempt = Long.parseLong(words[1]);
                unanswered.put(attempt, Integer.parseInt(words[2]));
                nextAttempt = Math.max(nextAttempt, attempt + 1);
            }
        }
    }

    private void answered(String[] words) {
        if (words[1].equals("BEFORE") || words[1].equals("AFTER")) {
            promised = perhapsCut;
            perhapsCut = null;
            return;
        }
        long attempt = Long.parseLong(words[1]);
        long last = Long.parseLong(words[2]);
        int size = unanswered.remove(attempt);
        for (int part = 0; part < size; part++) {
            Payload before = promised.entries().put(last - size + 1 + part, new Payload(attempt, part));
            assertThat(before).as("acknowledged at the same index").isNull();
        }
        acknowledged += size;
    }

    private void compare() {
        Content expected = perhapsCut != null && !matches(promised) ? perhapsCut : promised;
        assertThat(found.first()).as("first index").isEqualTo(expected.first());
        assertThat(found.entries()).as("acknowledged entries").containsAllEntriesOf(expected.entries());
        if (!found.entries().isEmpty()) {
            assertThat(found.entries().firstKey()).isEqualTo(found.first());
            assertThat(found.entries().lastKey() - found.first() + 1)
                    .as("no gaps")
                    .isEqualTo(found.entries().size());
        }
        List<Payload> others = new ArrayList<>(found.entries().values());
        others.removeAll(new HashSet<>(expected.entries().values()));
        survivors += others.size();
        assertWholeAttempts(others);
        promised = found;
        unanswered.clear();
        perhapsCut = null;
    }

    private boolean matches(Content content) {
        return found.first() == content.first()
                && found.entries().entrySet().containsAll(content.entries().entrySet());
    }

    /** What else is there was tried, is there once, and whole. */
    private void assertWholeAttempts(List<Payload> others) {
        Set<Long> seen = new HashSet<>();
        for (int at = 0; at < others.size(); ) {
            long attempt = others.get(at).attempt();
            assertThat(unanswered).as("tried and not answered").containsKey(attempt);
            assertThat(seen.add(attempt))
                    .as("attempt %d is there once", attempt)
                    .isTrue();
            for (int part = 0; part < unanswered.get(attempt); part++, at++) {
                assertThat(others).as("attempt %d is whole", attempt).hasSizeGreaterThan(at);
                assertThat(others.get(at)).isEqualTo(new Payload(attempt, part));
            }
        }
    }
}
