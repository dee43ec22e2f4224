package io.jwal.crash;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * What may be found after a crash: what is certain, longer by one pending append after the other; and while something
 * else is under way, what that makes of it. Used by the log's threads as well.
 */
final class Promise {
    private List<Contents.Log> now = new ArrayList<>();
    private List<Contents.Log> next = List.of();
    private Contents.Kept kept;
    private Contents.Kept nextKept;

    /** What is there for certain. */
    Promise(Contents found) {
        now.add(found.log());
        kept = found.kept();
        nextKept = kept;
    }

    /** What the log holds for its writer. */
    synchronized Contents.Log log() {
        return now.get(now.size() - 1);
    }

    synchronized Contents.Kept kept() {
        return kept;
    }

    /** A batch may be there from now on, as a whole or not at all. */
    synchronized void append(List<byte[]> batch) {
        now.add(log().with(batch));
    }

    /** Something may happen from now on to what is there, whatever of it. */
    synchronized void each(UnaryOperator<Contents.Log> change) {
        next = now.stream().map(change).toList();
    }

    /** Something may happen from now on: the first of these, then the next. */
    synchronized void one(Contents.Log... changes) {
        next = List.of(changes);
    }

    /** Something else may stand beside the entries from now on. */
    synchronized void keep(Contents.Kept changed) {
        nextKept = changed;
    }

    /** What was under way has happened. */
    synchronized void done() {
        if (!next.isEmpty()) {
            now = new ArrayList<>(next);
            next = List.of();
        }
        kept = nextKept;
    }

    /** Everything that was under way has happened and is durable. */
    synchronized void doneDurably() {
        done();
        now.subList(0, now.size() - 1).clear();
    }

    /** The log says that it is durable up to an index. */
    private void durable(long index) {
        while (now.size() > 1 && now.get(1).last() <= index) {
            now.remove(0);
        }
    }

    /** What may be found at this moment. */
    synchronized Legal legal(long durableIndex) {
        if (next.isEmpty()) {
            durable(durableIndex);
        }
        List<Contents.Log> logs = new ArrayList<>(now);
        logs.addAll(next);
        return new Legal(logs, List.of(kept, nextKept));
    }

    /**
     * What may be found.
     *
     * @param logs one of these
     * @param kept and one of these
     */
    record Legal(List<Contents.Log> logs, List<Contents.Kept> kept) {
        void check(Contents found) {
            if (logs.stream().noneMatch(log -> log.allows(found.log()))) {
                throw new AssertionError("found is " + found.log() + ", and not one of " + logs);
            }
            long last = found.log().last();
            if (kept.stream().noneMatch(one -> one.upTo(last).equals(found.kept()))) {
                throw new AssertionError("found beside the entries is " + found.kept() + ", and not one of " + kept);
            }
        }
    }
}
