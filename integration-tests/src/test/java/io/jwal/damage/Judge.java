package io.jwal.damage;

import static org.assertj.core.api.Assertions.assertThat;

import io.jwal.CorruptLogException;
import io.jwal.Cursor;
import io.jwal.EntryNotFoundException;
import io.jwal.Wal;
import io.jwal.WalException;
import io.jwal.WalReader;
import io.jwal.core.JWal;
import io.jwal.core.OpenOption;
import io.jwal.store.file.HeapDisk;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;

/** Opens damaged logs, to write and to read, and sees to it that they never answer with anything but the truth. */
final class Judge {
    /** What became of a damaged log. */
    enum Verdict {
        /** Everything reads right. */
        RIGHT,
        /** The log opens, and refuses some entries, each with an error. */
        HURT,
        /** The log opens without its last entries, which nobody was promised. */
        TORN,
        /** The log is refused, or says at its end that it is damaged. */
        REFUSED
    }

    private final LogImage sound;
    private final long floor;
    private final OpenOption[] options;
    private final Map<Verdict, Integer> written = new EnumMap<>(Verdict.class);
    private final Map<Verdict, Integer> read = new EnumMap<>(Verdict.class);

    /**
     * A judge of one log.
     *
     * @param sound the log before it was damaged
     * @param floor no damage may take an entry up to here without a word
     */
    Judge(LogImage sound, long floor, OpenOption... options) {
        this.sound = sound;
        this.floor = floor;
        this.options = options;
    }

    /** What a writer and a reader see of damaged files. */
    record Verdicts(Verdict writer, Verdict reader, Set<Long> hurt) {}

    /** Judges a damaged log. */
    Verdicts judge(Supplier<String> damage, LogImage damaged) {
        try {
            Set<Long> hurt = new TreeSet<>();
            Verdict reader = reader(damaged, hurt);
            Verdict writer = writer(damaged);
            read.merge(reader, 1, Integer::sum);
            written.merge(writer, 1, Integer::sum);
            return new Verdicts(writer, reader, hurt);
        } catch (RuntimeException | AssertionError e) {
            throw new AssertionError(damage.get(), e);
        }
    }

    /** How many of each there were. */
    @Override
    public String toString() {
        return "to write: " + written + ", to read: " + read;
    }

    private Verdict reader(LogImage damaged, Set<Long> hurt) {
        WalReader log;
        try {
            log = JWal.openReader(LogImage.config(new HeapDisk(damaged.files())).build(), options);
        } catch (CorruptLogException e) {
            return Verdict.REFUSED;
        }
        try (log) {
            return look(log, hurt);
        }
    }

    private Verdict writer(LogImage damaged) {
        Wal log;
        try {
            log = JWal.open(LogImage.config(new HeapDisk(damaged.files())).build(), options);
        } catch (CorruptLogException e) {
            return Verdict.REFUSED;
        }
        try (log) {
            require(log.consumers().get("billing") == Math.min(7, log.lastIndex() + 1), "a consumer has moved");
            return look(log, new TreeSet<>());
        }
    }

    /** Reads all there is, twice; what is answered is right. */
    private Verdict look(WalReader log, Set<Long> hurt) {
        long last = log.lastIndex();
        require(log.firstIndex() == 1 && last <= sound.last(), "the log is another");
        boolean told = readAll(log, last, hurt);
        Set<Long> hurtOnTheWay = new TreeSet<>();
        told &= scan(log, last, hurtOnTheWay);
        require(hurtOnTheWay.equals(hurt), "damaged: " + hurt + ", met on the way: " + hurtOnTheWay);
        if (last < sound.last()) {
            require(told || last >= floor, "entries behind " + last + " are gone without a word");
            return told ? Verdict.REFUSED : Verdict.TORN;
        }
        return hurt.isEmpty() ? Verdict.RIGHT : Verdict.HURT;
    }

    /** Whether entries behind the last one are refused as damaged, and not as if they had never been. */
    private boolean readAll(WalReader log, long last, Set<Long> hurt) {
        boolean told = last < sound.last();
        for (long index = 1; index <= sound.last(); index++) {
            if (index > last + 1 && index < sound.last()) {
                continue; // as the one behind the last, and a reader looks at the whole log for each of them
            }
            try {
                require(Arrays.equals(log.read(index), sound.entries().get(index)), "wrong bytes at " + index);
                require(index <= last, "an entry behind the last");
            } catch (CorruptLogException e) {
                if (index <= last) {
                    hurt.add(index);
                }
            } catch (EntryNotFoundException e) {
                require(index > last, "an entry is not found");
                told = false;
            }
        }
        return told;
    }

    private boolean scan(WalReader log, long last, Set<Long> hurt) {
        long next = 1;
        while (next <= last) {
            try (Cursor cursor = log.cursor(next)) {
                while (next <= last && cursor.next()) {
                    require(
                            cursor.index() == next
                                    && Arrays.equals(
                                            cursor.entryBytes(), sound.entries().get(next)),
                            "wrong bytes on the way at " + next);
                    next++;
                }
            } catch (CorruptLogException e) {
                hurt.add(next++);
            }
        }
        try (Cursor cursor = log.cursor(last + 1)) {
            require(!cursor.next(), "an entry behind the last");
            return false;
        } catch (CorruptLogException e) {
            return true;
        }
    }

    /** Cheaper than an assertion of AssertJ, of which there would be a hundred million. */
    private static void require(boolean holds, String otherwise) {
        if (!holds) {
            throw new AssertionError(otherwise);
        }
    }

    /** Opens and reads a log that was forged: whatever it answers, errors are the log's own. */
    static void assertOnlyOwnErrors(LogImage forged) {
        try (WalReader log =
                JWal.openReader(LogImage.config(new HeapDisk(forged.files())).build())) {
            readAnything(log);
        } catch (WalException e) {
            assertThat(e).hasMessageContaining(" ");
        }
        try (Wal log = JWal.open(LogImage.config(new HeapDisk(forged.files())).build())) {
            readAnything(log);
            log.append(new byte[1]);
            log.truncateAfter(log.lastIndex() - 1);
        } catch (WalException e) {
            assertThat(e).hasMessageContaining(" ");
        }
        try (Wal log = JWal.open(LogImage.salvaging(new HeapDisk(forged.files())))) {
            readAnything(log);
            log.append(new byte[1]);
        } catch (WalException e) {
            assertThat(e).hasMessageContaining(" ");
        }
    }

    private static void readAnything(WalReader log) {
        long first = log.firstIndex();
        long last = Math.min(log.lastIndex(), first + 6);
        for (long index = first; index <= last; index++) {
            try {
                log.read(index);
            } catch (WalException e) {
                assertThat(e).hasMessageContaining(" ");
            }
            try (Cursor cursor = log.cursor(index)) {
                while (cursor.next()) {
                    cursor.entryBytes();
                }
            } catch (WalException e) {
                assertThat(e).hasMessageContaining(" ");
            }
            try {
                log.indexAt(java.time.Instant.ofEpochMilli(index * 1000));
            } catch (WalException e) {
                assertThat(e).hasMessageContaining(" ");
            }
        }
    }
}
