package io.jwal.core.log;

import io.jwal.Wal;
import io.jwal.WalConsumer;
import io.jwal.WalReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/**
 * What a log holds, for comparing: two are equal when a reader could not tell them apart.
 *
 * @param first the first index
 * @param entries the entries from there on, as text
 * @param property the value of one property, or empty
 * @param position the position of one consumer, or 0
 */
record ExpectedLog(long first, List<String> entries, String property, long position) {
    static final ExpectedLog EMPTY = new ExpectedLog(1, List.of(), "", 0);
    private static final String NAME = "n";

    /**
     * A change of a log, and what it makes of what was expected before.
     *
     * @param name for messages
     * @param action the change
     * @param effect what it does
     */
    record Step(String name, Consumer<Wal> action, UnaryOperator<ExpectedLog> effect) {
        @Override
        public String toString() {
            return name;
        }
    }

    static ExpectedLog of(WalReader log) {
        return new ExpectedLog(
                log.firstIndex(),
                TestLogs.contents(log),
                log.property(NAME)
                        .map(value -> new String(value, StandardCharsets.UTF_8))
                        .orElse(""),
                log.consumers().getOrDefault(NAME, 0L));
    }

    long last() {
        return first + entries.size() - 1;
    }

    static Step append(String text, int padding) {
        String content = text + "-".repeat(padding);
        return new Step(
                "append " + text, wal -> wal.append(TestLogs.bytes(content)), log -> log.with(List.of(content)));
    }

    static Step appendAll(String... texts) {
        List<String> contents = List.of(texts);
        return new Step(
                "appendAll " + contents,
                wal -> wal.appendAll(contents.stream().map(TestLogs::bytes).toList()),
                log -> log.with(contents));
    }

    static Step truncateBefore(long to) {
        return new Step(
                "truncateBefore " + to,
                wal -> wal.truncateBefore(to),
                log -> new ExpectedLog(
                        to,
                        log.entries.subList((int) (to - log.first), log.entries.size()),
                        log.property,
                        log.position));
    }

    static Step truncateAfter(long to) {
        return new Step(
                "truncateAfter " + to,
                wal -> wal.truncateAfter(to),
                log -> new ExpectedLog(
                        log.first,
                        log.entries.subList(0, (int) (to - log.first + 1)),
                        log.property,
                        Math.min(log.position, to + 1)));
    }

    static Step setProperty(String value) {
        return new Step(
                "setProperty " + value,
                wal -> wal.setProperty(NAME, TestLogs.bytes(value)),
                log -> new ExpectedLog(log.first, log.entries, value, log.position));
    }

    static Step consumeTo(long next) {
        return new Step(
                "consume to " + next,
                wal -> {
                    try (WalConsumer consumer = wal.consumer(NAME)) {
                        consumer.seek(next);
                        consumer.poll(Duration.ZERO);
                        consumer.seek(next);
                        consumer.commit();
                    }
                },
                log -> new ExpectedLog(log.first, log.entries, log.property, next));
    }

    private ExpectedLog with(List<String> more) {
        List<String> all = new ArrayList<>(entries);
        all.addAll(more);
        return new ExpectedLog(first, List.copyOf(all), property, position);
    }
}
