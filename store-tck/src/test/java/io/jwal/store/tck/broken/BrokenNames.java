package io.jwal.store.tck.broken;

import io.jwal.store.Register;
import io.jwal.store.SegmentId;
import io.jwal.store.Store;
import io.jwal.store.StoreException;
import io.jwal.store.Version;
import io.jwal.store.WriterClaim;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Mistakes against rules 7 and 9. */
final class BrokenNames {
    private BrokenNames() {}

    private abstract static class RenamesRegisters extends BrokenStore {
        @Override
        Store store(Store sound) {
            return new ForwardingStore(sound) {
                @Override
                public Optional<Register> readRegister(String name) throws IOException {
                    return sound.readRegister(rename(name));
                }

                @Override
                public Register writeRegister(String name, @Nullable Version expected, ByteBuffer content)
                        throws IOException {
                    return sound.writeRegister(rename(name), expected, content);
                }
            };
        }

        abstract String rename(String name);
    }

    @Breaks("rule7_anyRegisterName")
    static final class CutsLongNames extends RenamesRegisters {
        private static final int LONGEST = 65;
        private static final int KEPT = 60;

        @Override
        String rename(String name) {
            return name.length() < LONGEST ? name.substring(0, Math.min(name.length(), KEPT)) : name;
        }
    }

    @Breaks("rule7_anyRegisterName")
    static final class DropsDashes extends RenamesRegisters {
        @Override
        String rename(String name) {
            return name.startsWith("-") ? "-" : name;
        }
    }

    @Breaks("rule7_noOtherRegisterName")
    static final class TakesAnyName extends RenamesRegisters {
        @Override
        String rename(String name) {
            byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
            return name.matches("[a-z0-9-]{1,64}")
                    ? name
                    : "hex"
                            + Integer.toHexString(
                                    HexFormat.of().formatHex(bytes).hashCode());
        }
    }

    @Breaks("rule7_anyRegisterName")
    static final class TakesARegisterForASegment extends BrokenStore {
        @Override
        Store store(Store sound) {
            return new ForwardingStore(sound) {
                @Override
                public Register writeRegister(String name, @Nullable Version expected, ByteBuffer content)
                        throws IOException {
                    if (name.equals(new SegmentId(1, 1).toString())) {
                        sound.deleteSegment(SegmentId.parse(name));
                    }
                    return sound.writeRegister(name, expected, content);
                }
            };
        }
    }

    @Breaks("rule7_whatTheStore")
    static final class TidiesWhatItDoesNotKnow extends BrokenStore {
        @Override
        Store store(Store sound) {
            return new ForwardingStore(sound) {
                @Override
                public WriterClaim claimWriter() throws IOException {
                    foreignThing = false;
                    return sound.claimWriter();
                }
            };
        }
    }

    @Breaks("rule7_whatTheStore")
    static final class FailsOnWhatItDoesNotKnow extends BrokenStore {
        @Override
        Store store(Store sound) {
            return new ForwardingStore(sound) {
                @Override
                public List<SegmentId> listSegments() throws IOException {
                    if (foreignThing) {
                        throw new StoreException("not a segment's name: \"notes.txt\"");
                    }
                    return sound.listSegments();
                }
            };
        }
    }

    @Breaks("rule9")
    static final class CreatesWhenOpened extends BrokenStore {
        private static final SegmentId MARK = new SegmentId(Long.MAX_VALUE, Integer.MAX_VALUE);

        @Override
        Store store(Store sound) throws IOException {
            if (!medium.describe().containsKey("fence " + MARK)) {
                WriterClaim claim = sound.claimWriter();
                sound.fenceSegment(MARK);
                claim.close();
            }
            return sound;
        }
    }

    @Breaks("rule9")
    static final class CountsReadingsOnTheMedium extends BrokenStore {
        @Override
        Store store(Store sound) {
            return new ForwardingStore(sound) {
                @Override
                public List<SegmentId> listSegments() throws IOException {
                    try (Store another = medium.open()) {
                        another.claimWriter();
                        Version last = another.readRegister("listings")
                                .map(Register::version)
                                .orElse(null);
                        another.writeRegister("listings", last, ByteBuffer.allocate(0));
                    } catch (StoreException e) {
                        Thread.onSpinWait(); // another listing was faster
                    }
                    return sound.listSegments();
                }
            };
        }
    }
}
