package io.jwal.store.tck.broken;

import io.jwal.store.Register;
import io.jwal.store.SegmentId;
import io.jwal.store.SegmentReader;
import io.jwal.store.SegmentWriter;
import io.jwal.store.Store;
import io.jwal.store.Version;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.ClosedChannelException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Mistakes against rule 6: what a channel does that closes itself when a thread inside it is interrupted. */
final class BrokenInterrupts {
    private BrokenInterrupts() {}

    /** A channel that all share. */
    private static final class Channel {
        private boolean closed;

        synchronized void use() throws IOException {
            if (closed) {
                throw new ClosedChannelException();
            }
            if (Thread.currentThread().isInterrupted()) {
                closed = true;
                throw new ClosedByInterruptException();
            }
        }
    }

    @Breaks("rule6_anInterruptedReader")
    static final class ClosesTheReader extends BrokenStore {
        @Override
        SegmentReader reader(SegmentId id, SegmentReader sound) {
            Channel channel = new Channel();
            return new ForwardingReader(sound) {
                @Override
                public int read(long position, ByteBuffer target) throws IOException {
                    channel.use();
                    return super.read(position, target);
                }
            };
        }
    }

    @Breaks({"rule6_anInterruptedWriter", "rule6_interruptsAtAnyMoment"})
    static final class ClosesTheWriter extends BrokenStore {
        @Override
        SegmentWriter writer(SegmentId id, SegmentWriter sound) {
            Channel channel = new Channel();
            return new ForwardingWriter(sound) {
                @Override
                public void append(ByteBuffer... buffers) throws IOException {
                    channel.use();
                    super.append(buffers);
                }

                @Override
                public void sync() throws IOException {
                    super.sync();
                    channel.use();
                }
            };
        }
    }

    @Breaks({"rule6_anInterruptedWriter"})
    static final class RefusesToSyncWhenInterrupted extends BrokenStore {
        @Override
        SegmentWriter writer(SegmentId id, SegmentWriter sound) {
            return new ForwardingWriter(sound) {
                @Override
                public void sync() throws IOException {
                    new Channel().use();
                    super.sync();
                }

                @Override
                public void appendAndSync(ByteBuffer... buffers) throws IOException {
                    sound.appendAndSync(buffers);
                }
            };
        }
    }

    @Breaks("rule6_anInterruptedRegister")
    static final class ClosesTheRegisters extends BrokenStore {
        @Override
        Store store(Store sound) {
            Channel channel = new Channel();
            return new ForwardingStore(sound) {
                @Override
                public Optional<Register> readRegister(String name) throws IOException {
                    channel.use();
                    return sound.readRegister(name);
                }

                @Override
                public Register writeRegister(String name, @Nullable Version expected, ByteBuffer content)
                        throws IOException {
                    channel.use();
                    return sound.writeRegister(name, expected, content);
                }
            };
        }
    }

    @Breaks("rule6_interruptedChanges")
    static final class ClosesTheDirectory extends BrokenStore {
        @Override
        Store store(Store sound) {
            Channel channel = new Channel();
            return new ForwardingStore(sound) {
                @Override
                public List<SegmentId> listSegments() throws IOException {
                    channel.use();
                    return sound.listSegments();
                }
            };
        }
    }

    @Breaks("rule6")
    static final class ForgetsTheInterrupt extends BrokenStore {
        @Override
        SegmentWriter writer(SegmentId id, SegmentWriter sound) {
            return new ForwardingWriter(sound) {
                @Override
                public void append(ByteBuffer... buffers) throws IOException {
                    Thread.interrupted();
                    super.append(buffers);
                }
            };
        }
    }

    @Breaks("rule6_anInterruptedReader")
    static final class ForgetsTheInterruptOfAReader extends BrokenStore {
        @Override
        SegmentReader reader(SegmentId id, SegmentReader sound) {
            return new ForwardingReader(sound) {
                @Override
                public int read(long position, ByteBuffer target) throws IOException {
                    Thread.interrupted();
                    return super.read(position, target);
                }
            };
        }
    }
}
