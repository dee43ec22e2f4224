package io.jwal.store.tck.broken;

import io.jwal.store.Register;
import io.jwal.store.Store;
import io.jwal.store.Version;
import io.jwal.store.VersionConflictException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** Mistakes against rule 2. */
final class BrokenRegisters {
    private BrokenRegisters() {}

    private static Version current(Store store, String name) throws IOException {
        return store.readRegister(name).map(Register::version).orElse(null);
    }

    /** Replaces whatever is there. */
    private static Register overwrite(Store store, String name, ByteBuffer content) throws IOException {
        while (true) {
            try {
                return store.writeRegister(name, current(store, name), content.duplicate());
            } catch (VersionConflictException e) {
                Thread.onSpinWait();
            }
        }
    }

    private abstract static class BrokenWrite extends BrokenStore {
        @Override
        Store store(Store sound) {
            return new ForwardingStore(sound) {
                @Override
                public Register writeRegister(String name, @Nullable Version expected, ByteBuffer content)
                        throws IOException {
                    return write(sound, name, expected, content);
                }
            };
        }

        abstract Register write(Store sound, String name, @Nullable Version expected, ByteBuffer content)
                throws IOException;
    }

    @Breaks({"rule2_ofRacing", "rule2_racingIncrements"})
    static final class ComparesAndThenSets extends BrokenWrite {
        private static final int YIELDS = 5;

        private final AtomicInteger inside = new AtomicInteger();

        @Override
        Register write(Store sound, String name, @Nullable Version expected, ByteBuffer content) throws IOException {
            inside.incrementAndGet();
            try {
                Version found = current(sound, name);
                boolean raced = false;
                for (int i = 0; i < YIELDS; i++) {
                    Thread.yield();
                    raced |= inside.get() > 1;
                }
                boolean expectedFound = found == null ? expected == null : found.equals(expected);
                return raced && expectedFound
                        ? overwrite(sound, name, ByteBuffer.wrap(bytes(content)))
                        : sound.writeRegister(name, expected, content);
            } finally {
                inside.decrementAndGet();
            }
        }
    }

    private static byte[] bytes(ByteBuffer content) {
        byte[] bytes = new byte[content.remaining()];
        content.get(bytes);
        return bytes;
    }

    @Breaks("rule2")
    static final class IgnoresTheExpectedVersion extends BrokenWrite {
        @Override
        Register write(Store sound, String name, @Nullable Version expected, ByteBuffer content) throws IOException {
            return overwrite(sound, name, ByteBuffer.wrap(bytes(content)));
        }
    }

    @Breaks("rule2")
    static final class WritesAlthoughItConflicts extends BrokenWrite {
        @Override
        Register write(Store sound, String name, @Nullable Version expected, ByteBuffer content) throws IOException {
            byte[] bytes = bytes(content);
            try {
                return sound.writeRegister(name, expected, ByteBuffer.wrap(bytes));
            } catch (VersionConflictException e) {
                overwrite(sound, name, ByteBuffer.wrap(bytes));
                throw e;
            }
        }
    }

    @Breaks("rule2_replacingARegisterThatIsNotThere")
    static final class CreatesWhatItShouldReplace extends BrokenWrite {
        @Override
        Register write(Store sound, String name, @Nullable Version expected, ByteBuffer content) throws IOException {
            return sound.writeRegister(name, current(sound, name) == null ? null : expected, content);
        }
    }

    @Breaks({"rule2_equalContents", "rule2_aVersionNeverComesBack"})
    static final class TakesTheVersionFromTheContent extends BrokenStore {
        private final OverlaidRegisters registers = new OverlaidRegisters() {
            @Override
            Version next(@Nullable Register current, byte[] content) {
                return new Version(Integer.toHexString(Arrays.hashCode(content)));
            }
        };

        @Override
        Store store(Store sound) {
            return registers.over(sound);
        }
    }

    @Breaks("rule2_aVersionNeverComesBack")
    static final class CountsVersionsAnewWhenOpened extends BrokenStore {
        private int writes;
        private final OverlaidRegisters registers = new OverlaidRegisters() {
            @Override
            Version next(@Nullable Register current, byte[] content) {
                return new Version(Integer.toString(++writes));
            }
        };

        @Override
        Store store(Store sound) {
            return new ForwardingStore(registers.over(sound)) {
                @Override
                public void close() throws IOException {
                    writes = 0;
                    super.close();
                }
            };
        }
    }

    @Breaks({"rule2", "rule10_manyThreads"})
    static final class ReadsFromACache extends BrokenStore {
        @Override
        Store store(Store sound) {
            Map<String, Optional<Register>> cache = new HashMap<>();
            return new ForwardingStore(sound) {
                @Override
                public Optional<Register> readRegister(String name) throws IOException {
                    synchronized (cache) {
                        if (!cache.containsKey(name)) {
                            cache.put(name, sound.readRegister(name));
                        }
                        return cache.get(name);
                    }
                }
            };
        }
    }

    @Breaks("rule2_theContentIsTaken")
    static final class KeepsTheBuffer extends BrokenWrite {
        @Override
        Register write(Store sound, String name, @Nullable Version expected, ByteBuffer content) throws IOException {
            Register written = sound.writeRegister(name, expected, content.duplicate());
            ByteBuffer kept = content.duplicate();
            content.position(content.limit());
            return new Register(written.version(), kept);
        }
    }

    @Breaks("rule2_theContentIsTaken")
    static final class WritesTheWholeBuffer extends BrokenWrite {
        @Override
        Register write(Store sound, String name, @Nullable Version expected, ByteBuffer content) throws IOException {
            ByteBuffer whole = content.duplicate().clear();
            content.position(content.limit());
            return sound.writeRegister(name, expected, whole);
        }
    }

    @Breaks("rule2_theContentIsTaken")
    static final class ConsumesNothing extends BrokenWrite {
        @Override
        Register write(Store sound, String name, @Nullable Version expected, ByteBuffer content) throws IOException {
            return sound.writeRegister(name, expected, content.duplicate());
        }
    }

    @Breaks("rule2_theLargestContent")
    static final class CutsLargeContents extends BrokenWrite {
        private static final int MOST = 1 << 20;

        @Override
        Register write(Store sound, String name, @Nullable Version expected, ByteBuffer content) throws IOException {
            ByteBuffer cut = content.duplicate();
            cut.limit(cut.position() + Math.min(cut.remaining(), MOST));
            content.position(content.limit());
            return sound.writeRegister(name, expected, cut);
        }
    }

    @Breaks("writeRegister_refusesMore")
    static final class TakesContentsOfAnyLength extends BrokenWrite {
        @Override
        Register write(Store sound, String name, @Nullable Version expected, ByteBuffer content) throws IOException {
            ByteBuffer part = content.duplicate();
            part.limit(part.position() + Math.min(part.remaining(), 16 << 20));
            content.position(content.limit());
            return sound.writeRegister(name, expected, part);
        }
    }

    @Breaks("rule2_anEmptyContent")
    static final class TakesAnEmptyContentForNone extends BrokenStore {
        @Override
        Store store(Store sound) {
            return new ForwardingStore(sound) {
                @Override
                public Optional<Register> readRegister(String name) throws IOException {
                    return sound.readRegister(name)
                            .filter(register -> register.content().hasRemaining());
                }
            };
        }
    }

    @Breaks("rule2_aFailedWrite")
    static final class TearsAFailedWrite extends BrokenWrite {
        @Override
        Register write(Store sound, String name, @Nullable Version expected, ByteBuffer content) throws IOException {
            ByteBuffer half = content.duplicate();
            half.limit(half.position() + half.remaining() / 2);
            try {
                return sound.writeRegister(name, expected, content);
            } catch (VersionConflictException e) {
                throw e;
            } catch (IOException e) {
                sound.writeRegister(name, expected, half);
                throw e;
            }
        }
    }

    @Breaks("rule2")
    static final class HasOneRegister extends BrokenStore {
        @Override
        Store store(Store sound) {
            return new ForwardingStore(sound) {
                @Override
                public Optional<Register> readRegister(String name) throws IOException {
                    return sound.readRegister("all");
                }

                @Override
                public Register writeRegister(String name, @Nullable Version expected, ByteBuffer content)
                        throws IOException {
                    return sound.writeRegister("all", expected, content);
                }
            };
        }
    }
}
