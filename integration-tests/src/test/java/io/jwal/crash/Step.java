package io.jwal.crash;

import io.jwal.Durability;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/**
 * Something that is done with a log. Where it is done is said in thousandths of the log, so that a script still means
 * something when steps are taken out of it.
 *
 * @param kind what
 * @param numbers how
 */
record Step(Kind kind, List<Integer> numbers) {
    private static final int THOUSAND = 1000;

    /** What can be done, each with the letter that stands for it. */
    enum Kind {
        /** A batch of entries of these lengths. */
        APPEND('a'),
        /** Entries of these lengths, each by itself, without waiting for the one before. */
        APPEND_ASYNC('s'),
        TRUNCATE_BEFORE('b'),
        TRUNCATE_AFTER('e'),
        /** On an empty log: goes on so far behind the next index, with an entry of this length. */
        JUMP('j'),
        CONSUME('c'),
        SET_PROPERTY('p'),
        SYNC('y'),
        READ('f'),
        RETAIN('r'),
        REOPEN('o'),
        TAKE_OVER('t');

        private final char letter;

        Kind(char letter) {
            this.letter = letter;
        }
    }

    static Step parse(String text) {
        Kind kind = Arrays.stream(Kind.values())
                .filter(each -> each.letter == text.charAt(0))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no step: " + text));
        List<Integer> numbers = new ArrayList<>();
        for (String number : text.substring(1).split(",")) {
            if (!number.isEmpty()) {
                numbers.add(Integer.valueOf(number));
            }
        }
        return new Step(kind, numbers);
    }

    private static Step byChance(Random random, int dice) {
        if (dice < 36) {
            return new Step(Kind.APPEND, sizes(random, random.nextInt(3) == 0 ? 1 + random.nextInt(5) : 1));
        } else if (dice < 46) {
            return new Step(Kind.APPEND_ASYNC, sizes(random, 1 + random.nextInt(4)));
        } else if (dice < 56) {
            return new Step(
                    Kind.TRUNCATE_BEFORE, List.of(random.nextInt(3) == 0 ? THOUSAND : random.nextInt(THOUSAND)));
        } else if (dice < 66) {
            return new Step(Kind.TRUNCATE_AFTER, List.of(random.nextInt(5) == 0 ? 0 : random.nextInt(THOUSAND)));
        } else if (dice < 72) {
            return new Step(Kind.JUMP, List.of(random.nextInt(20), size(random)));
        } else if (dice < 81) {
            return new Step(Kind.CONSUME, List.of(random.nextBoolean() ? THOUSAND : random.nextInt(THOUSAND)));
        } else if (dice < 83) {
            return new Step(Kind.SET_PROPERTY, List.of(random.nextInt(THOUSAND)));
        } else if (dice < 88) {
            return new Step(Kind.SYNC, List.of());
        } else if (dice < 93) {
            return new Step(Kind.RETAIN, List.of());
        }
        return new Step(Kind.REOPEN, List.of());
    }

    /** Where appends do not wait for syncs, a look at them has them written at least. */
    static Step byChance(Random random, Durability durability) {
        boolean look = durability == Durability.SYNC ? random.nextInt(20) == 0 : random.nextInt(3) == 0;
        return look ? new Step(Kind.READ, List.of()) : byChance(random, random.nextInt(100));
    }

    private static List<Integer> sizes(Random random, int count) {
        List<Integer> sizes = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            sizes.add(size(random));
        }
        return sizes;
    }

    /** Within a sector, across one, or so much that the segment is soon full. */
    private static int size(Random random) {
        int dice = random.nextInt(10);
        return dice == 0
                ? 0
                : dice < 4 ? random.nextInt(100) : dice < 7 ? random.nextInt(700) : 1000 + random.nextInt(1000);
    }

    int number(int at) {
        return numbers.get(at);
    }

    /** The index that so many thousandths of a range stand for, its ends included. */
    long within(long from, long to) {
        return from + number(0) * (to - from) / THOUSAND;
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder().append(kind.letter);
        for (int i = 0; i < numbers.size(); i++) {
            text.append(i == 0 ? "" : ",").append(numbers.get(i));
        }
        return text.toString();
    }
}
