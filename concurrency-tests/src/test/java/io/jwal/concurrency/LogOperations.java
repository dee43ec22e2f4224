package io.jwal.concurrency;

/** What threads do with a log that is small enough to be judged. All results are text, so that they can be compared. */
interface LogOperations {
    String DONE = "done";
    String NOT_THERE = "not there";
    String OUT_OF_RANGE = "out of range";

    /** Appends one; its index. */
    String append(int value);

    /** Appends a value and its negative in one batch; the index of the second. */
    String appendTwo(int value);

    /** One entry. */
    String read(long index);

    /** What a cursor that begins there reads first. */
    String next(long from);

    /** The last index. */
    String lastIndex();

    /** The first index. */
    String firstIndex();

    /** Drops what is before. */
    String truncateBefore(long newFirst);

    /** Drops what is behind. */
    String truncateAfter(long newLast);
}
