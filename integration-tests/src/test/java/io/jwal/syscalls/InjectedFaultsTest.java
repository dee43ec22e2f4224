package io.jwal.syscalls;

import static org.assertj.core.api.Assertions.assertThat;

import io.jwal.Wal;
import io.jwal.core.JWal;
import io.jwal.input.NotTested;
import io.jwal.process.ChildJvm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The Nth call of the system fails in a real process, or kills it. By the trace: what failed to be synced is never written
 * nor synced again, and after a call of the log has failed nothing is acknowledged and no segment is written. Opened
 * again the log has all that was acknowledged. {@code -Djwal.strace.every=1} for every N, and not one of several.
 */
class InjectedFaultsTest {
    private static final int EVERY = Integer.getInteger("jwal.strace.every", 0);
    private static final int MOST = 90;
    private static final int WRITES_BEFORE_BATCHES = 2;
    private static final String CALLS =
            "trace=fsync,fdatasync,write,pwrite64,pwritev,ftruncate,rename,unlink,mkdir,openat";

    @TempDir
    Path directory;

    private record Fault(String call, String effect, int number) {
        @Override
        public String toString() {
            return call + " " + number + ": " + effect;
        }

        boolean kills() {
            return effect.startsWith("signal");
        }

        String argument() {
            return "inject=" + call + ":" + effect + ":when=" + number;
        }
    }

    @BeforeAll
    static void straceIsThere() throws Exception {
        Process probe;
        try {
            probe = new ProcessBuilder("strace", "-f", "--seccomp-bpf", "-o", "/dev/null", "true")
                    .redirectErrorStream(true)
                    .start();
        } catch (IOException e) {
            skip("there is no strace here: install it (apt-get install strace)");
            return;
        }
        String said = new String(probe.getInputStream().readAllBytes());
        if (probe.waitFor() != 0) {
            skip("strace may not trace here (is ptrace forbidden?): " + said);
        }
    }

    private static void skip(String why) {
        NotTested.skip("system calls that fail", why);
    }

    /** One N of each kind in a build; the rest, or every so many, on demand. */
    static Stream<Fault> faults() {
        List<Fault> faults = new ArrayList<>();
        add(faults, "fsync", "error=EIO", 9);
        add(faults, "fsync", "error=ENOSPC", 21);
        add(faults, "fsync", "signal=SIGKILL", 14);
        add(faults, "write", "error=EIO", 31);
        add(faults, "write", "error=ENOSPC", 36); // while the next segment is made
        add(faults, "write", "error=ENOSPC", 47);
        add(faults, "write", "retval=0", 28); // nothing was taken: a short write
        add(faults, "write", "signal=SIGKILL", 53);
        add(faults, "ftruncate", "error=EIO", 3);
        add(faults, "ftruncate", "error=ENOSPC", 5);
        add(faults, "ftruncate", "signal=SIGKILL", 4);
        add(faults, "rename", "error=EIO", 4);
        add(faults, "rename", "error=ENOSPC", 9);
        add(faults, "rename", "signal=SIGKILL", 6);
        add(faults, "unlink", "error=EIO", 2);
        add(faults, "unlink", "error=ENOSPC", 4);
        add(faults, "unlink", "signal=SIGKILL", 3);
        return faults.stream();
    }

    private static void add(List<Fault> faults, String call, String effect, int number) {
        if (EVERY == 0) {
            faults.add(new Fault(call, effect, number));
        } else {
            for (int n = 1; n <= MOST; n += EVERY) {
                faults.add(new Fault(call, effect, n));
            }
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("faults")
    @Timeout(120)
    void whatWasAcknowledgedIsThereAndNothingIsTriedAgain(Fault fault) throws Exception {
        Path log = directory.resolve("log");
        Path said = Files.createDirectory(directory.resolve("said"));
        Path written = directory.resolve("trace");
        List<String> launcher = new ArrayList<>(List.of("strace", "-f", "-q", "-y", "-s", "0"));
        if (!fault.kills()) {
            launcher.add("--seccomp-bpf"); // faster, but strace 6.1 then sends no signal
        }
        launcher.addAll(List.of("-o", written.toString(), "-e", CALLS, "-e", fault.argument()));
        List<String> output;
        try (ChildJvm writer = ChildJvm.startBy(launcher, TracedWriter.class, log, said)) {
            output = writer.remainingLines();
            writer.exitCode();
        }
        if (!Trace.shows(written, "(INJECTED)") && !Trace.shows(written, "killed by SIGKILL")) {
            assertThat(EVERY)
                    .as("the fault did not come about; there are not so many such calls")
                    .isPositive();
        }
        List<Trace.Call> calls = Trace.read(written).stream()
                .filter(call -> call.path().startsWith(directory.toString()))
                .toList();

        assertThat(calls.isEmpty() && EVERY == 0)
                .as("killed before it came to the log")
                .isFalse();
        assertNothingIsTriedAgain(calls);
        assertNothingComesAfterAFailure(calls);
        assertAcknowledgedIsThere(calls, log);
        System.out.printf(
                "%s: %d calls, %s%n", fault, calls.size(), output.isEmpty() ? "nothing refused" : output.get(0));
    }

    /** The kernel has dropped the pages: a second sync would succeed and mean nothing. */
    private static void assertNothingIsTriedAgain(List<Trace.Call> calls) {
        Set<String> unsynced = new HashSet<>();
        for (Trace.Call call : calls) {
            if (call.creates() || call.name().equals("unlink")) {
                unsynced.remove(call.path());
            } else if (call.isSync() || call.isWrite()) {
                assertThat(unsynced).as("not synced, and now: %s", call).doesNotContain(call.path());
            }
            if (call.isSync() && call.failed()) {
                unsynced.add(call.path());
            }
        }
    }

    /**
     * No acknowledgement, no batch, no register. What the log does in the background may finish the file that it has begun:
     * space and header of the segment to come are two writes, index and trailer go behind one that is not written any more.
     */
    private static void assertNothingComesAfterAFailure(List<Trace.Call> calls) {
        Map<String, Integer> writes = new HashMap<>();
        Set<String> begun = new HashSet<>();
        String hot = "";
        boolean failed = false;
        for (Trace.Call call : calls) {
            String name = Path.of(call.path()).getFileName().toString();
            if (call.name().equals("mkdir")) {
                failed |= name.startsWith(TracedWriter.FAILED);
                assertThat(failed && name.startsWith(TracedWriter.APPENDED))
                        .as("acknowledged after a failure: %s", name)
                        .isFalse();
            } else if (call.creates() && !failed) {
                begun.add(call.path());
            } else if (call.name().equals("rename")) {
                assertThat(failed && !begun.contains(call.path()))
                        .as("named after a failure: %s", call)
                        .isFalse();
            } else if (call.isWrite() && name.endsWith(".seg")) {
                boolean batch = writes.merge(name, 1, Integer::sum) > WRITES_BEFORE_BATCHES;
                if (failed) {
                    assertThat(name.equals(hot) || batch && name.compareTo(hot) > 0)
                            .as("written after a failure: %s", call)
                            .isFalse();
                } else if (batch && name.compareTo(hot) > 0) {
                    hot = name;
                }
            }
        }
    }

    private static void assertAcknowledgedIsThere(List<Trace.Call> calls, Path log) {
        TreeSet<Long> promised = new TreeSet<>();
        long first = 1;
        long cut = Long.MAX_VALUE; // a truncation that was not answered may have been done
        for (Trace.Call call : calls) {
            if (call.name().equals("mkdir") && !call.failed()) {
                String[] words = Path.of(call.path()).getFileName().toString().split("-");
                switch (words[0] + "-") {
                    case TracedWriter.APPENDED -> promised.add(Long.parseLong(words[1]));
                    case TracedWriter.FIRST -> first = Long.parseLong(words[1]);
                    case TracedWriter.CUTTING -> cut = Math.min(cut, Long.parseLong(words[1]));
                    case TracedWriter.LAST -> {
                        promised.tailSet(Long.parseLong(words[1]), false).clear();
                        cut = Long.MAX_VALUE;
                    }
                    default -> {}
                }
            }
        }
        try (Wal wal = JWal.open(TracedWriter.config(log))) {
            assertThat(wal.firstIndex()).isGreaterThanOrEqualTo(first);
            if (!promised.isEmpty()) {
                assertThat(wal.lastIndex()).isGreaterThanOrEqualTo(Math.min(promised.last(), cut));
            }
            for (long index = wal.firstIndex(); index <= wal.lastIndex(); index++) {
                assertThat(wal.read(index)).isEqualTo(TracedWriter.content(index));
            }
            assertThat(wal.append(new byte[1])).isEqualTo(wal.lastIndex());
        }
    }
}
