package io.jwal.benchmarks.work;

/** One kind of work. Each call runs in a process of its own, which ends without closing what the work leaves open. */
public interface Work {
    /** Makes what all trials of a peer share; it is there when they begin. */
    default void prepare(TrialSpec spec) throws Exception {}

    /** Does the work once and says how it went. */
    Measurement measure(TrialSpec spec) throws Exception;
}
