package io.jwal.concurrency;

import java.util.ArrayList;
import java.util.List;

/** What a log is, on one thread: the sequential specification of {@link SharedLog}. */
public final class PlainLog implements LogOperations {
    private final List<Integer> entries = new ArrayList<>();
    private long first = 1;

    /** An empty log. */
    public PlainLog() {}

    private long last() {
        return first + entries.size() - 1;
    }

    @Override
    public String append(int value) {
        entries.add(value);
        return Long.toString(last());
    }

    @Override
    public String appendTwo(int value) {
        entries.add(value);
        return append(-value);
    }

    @Override
    public String read(long index) {
        return index < first || index > last() ? NOT_THERE : value(index);
    }

    private String value(long index) {
        return entries.get((int) (index - first)).toString();
    }

    @Override
    public String next(long from) {
        if (from < first || from > last() + 1) {
            return OUT_OF_RANGE;
        }
        return from == last() + 1 ? NOT_THERE : value(from);
    }

    @Override
    public String lastIndex() {
        return Long.toString(last());
    }

    @Override
    public String firstIndex() {
        return Long.toString(first);
    }

    @Override
    public String truncateBefore(long newFirst) {
        if (newFirst > last() + 1) {
            return OUT_OF_RANGE;
        }
        while (first < newFirst) {
            entries.remove(0);
            first++;
        }
        return DONE;
    }

    @Override
    public String truncateAfter(long newLast) {
        if (newLast < first - 1) {
            return OUT_OF_RANGE;
        }
        while (last() > newLast) {
            entries.remove(entries.size() - 1);
        }
        return DONE;
    }
}
