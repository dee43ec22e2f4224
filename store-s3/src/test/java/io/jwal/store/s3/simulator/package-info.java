/**
 * The store's protocol, explored: real stores on a modelled bucket, moved by a scheduler that lets one actor run at a time.
 *
 * <p>{@code Bucket} and {@code BucketStorage} are the bucket and its clients, {@code DisturbedWire} is what lies between.
 * {@code Scheduler} and {@code Course} decide who goes on and what fails; a {@code Plan} is that decision as text.
 * {@code ModelWriter} and {@code ModelFollower} do what the engine does, {@code History} and {@code Deletions} say what must
 * hold, {@code Simulation} puts one run together and {@code Exploration} many. {@code ProtocolMutants} shows that they notice.
 */
package io.jwal.store.s3.simulator;
