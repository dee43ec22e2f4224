/**
 * The contract of a {@link io.jwal.store.Store} as tests.
 *
 * <p>Start at {@link io.jwal.store.tck.StoreContractTest}: a store's author extends it and overrides one method, and
 * has {@link io.jwal.store.tck.TestContext} to open it with. The tests stand in one interface for each part of the contract; {@link io.jwal.store.tck.simulator} has a store that
 * crashes and fails on demand, for tests of what stands on a store.
 */
package io.jwal.store.tck;
