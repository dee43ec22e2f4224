package io.jwal.s3;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.jwal.Entry;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;

/** What the writers of a round tried, what they were told, and whether what is there in the end agrees. */
final class RoundLedger {
    private final Queue<Batch> batches = new ConcurrentLinkedQueue<>();
    private final Map<Long, String> acknowledged = new ConcurrentHashMap<>();
    private final Queue<String> violations = new ConcurrentLinkedQueue<>();

    /**
     * What one call appends.
     *
     * @param writer whose call it is
     * @param from the number of its first entry among those of the writer
     * @param sizes how long each entry is
     */
    record Batch(String writer, int from, List<Integer> sizes) {
        String name(int part) {
            return writer + "-" + (from + part);
        }

        List<byte[]> entries() {
            List<byte[]> entries = new ArrayList<>(sizes.size());
            for (int part = 0; part < sizes.size(); part++) {
                entries.add(content(name(part), sizes.get(part)));
            }
            return entries;
        }
    }

    /** Says itself what it is; every byte follows from its name and its length. */
    private static byte[] content(String name, int size) {
        byte[] head = (name + ":").getBytes(UTF_8);
        byte[] content = Arrays.copyOf(head, head.length + size);
        for (int i = head.length; i < content.length; i++) {
            content[i] = (byte) (i * 31 + name.hashCode());
        }
        return content;
    }

    private static String nameOf(byte[] content) {
        String text = new String(content, UTF_8);
        String name = text.substring(0, Math.max(0, text.indexOf(':')));
        int head = name.length() + 1;
        return Arrays.equals(content, content(name, content.length - head)) ? name : "something else: " + text;
    }

    void tries(Batch batch) {
        batches.add(batch);
    }

    /** A call came back. */
    void acknowledges(Batch batch, long lastIndex) {
        for (int part = 0; part < batch.sizes().size(); part++) {
            long index = lastIndex - batch.sizes().size() + 1 + part;
            String name = batch.name(part);
            String other = acknowledged.putIfAbsent(index, name);
            if (other != null) {
                violates("index " + index + " was acknowledged to " + other + " and to " + name);
            }
        }
    }

    void violates(String what) {
        violations.add(what);
    }

    int acknowledged() {
        return acknowledged.size();
    }

    List<String> violations() {
        return List.copyOf(violations);
    }

    /** Holds the whole log, read from its first entry, against all that was tried and acknowledged. */
    void judge(List<Entry> log) {
        Map<String, Long> places = new HashMap<>();
        Map<Long, String> found = new HashMap<>();
        for (Entry entry : log) {
            String name = nameOf(entry.bytes());
            found.put(entry.index(), name);
            Long before = places.put(name, entry.index());
            if (before != null) {
                violates(name + " is there twice, at " + before + " and at " + entry.index());
            }
        }
        acknowledged.forEach((index, name) -> {
            if (!name.equals(found.get(index))) {
                violates("index " + index + " was acknowledged to " + name + ", but holds " + found.get(index));
            }
        });
        batches.forEach(batch -> wholeOrAbsent(batch, places));
        if (!places.isEmpty()) {
            violates("nobody appended " + places.keySet());
        }
    }

    /** Takes what it finds away, so that what nobody appended stays. */
    private void wholeOrAbsent(Batch batch, Map<String, Long> places) {
        List<Long> indexes = new ArrayList<>();
        for (int part = 0; part < batch.sizes().size(); part++) {
            indexes.add(places.remove(batch.name(part)));
        }
        Long first = indexes.get(0);
        for (int part = 0; part < indexes.size(); part++) {
            Long expected = first == null ? null : Long.valueOf(first + part);
            if (!Objects.equals(indexes.get(part), expected)) {
                violates(batch.name(0) + " and what was appended with it are at " + indexes);
                return;
            }
        }
    }
}
