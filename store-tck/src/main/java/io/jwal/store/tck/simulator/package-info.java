/**
 * A store that crashes and fails on demand, for tests of what stands on a store.
 *
 * <p>Start at {@link io.jwal.store.tck.simulator.CrashMedium}: it models one medium (a disk in a machine) in memory,
 * opens stores on it, cuts the power, kills the processes, damages bytes, and has a
 * {@link io.jwal.store.tck.simulator.FaultPlan} that makes single calls fail or wait. Everything that is left to chance
 * is decided by a seed, so that a failure can be played again.
 *
 * <p>{@link io.jwal.store.tck.simulator.LogMedium} is what a test asks of it, and what other media may answer as well:
 * {@link io.jwal.store.tck.simulator.FaultedStore} brings the plan and the kill to a store of any kind.
 */
package io.jwal.store.tck.simulator;
