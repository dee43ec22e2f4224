/**
 * Copies in blocks: compressed, encrypted, or both, each block by itself, so that a point read costs one of them. Knows
 * nothing of logs, of the archive's manifest, or of who asks; {@code docs/format.md} has the bytes.
 *
 * <p>{@code Codec} is the way in: bytes of a segment go through its {@code ExtentWriter} on their way to the archive, and
 * come back through the reader that it opens; {@code Encoding} is what the archive's manifest says of how they lie there.
 * {@code BlockHeader} says what is in a segment of the archive, {@code BlockIndex}
 * where each block lies; {@code Compression} makes a block shorter, {@code DataKey} makes it unreadable, {@code KeyRing}
 * has the keys that data keys are wrapped with.
 */
package io.jwal.store.tiered.blocks;
