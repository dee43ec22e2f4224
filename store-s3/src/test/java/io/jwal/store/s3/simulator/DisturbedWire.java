package io.jwal.store.s3.simulator;

import java.io.IOException;
import java.util.Set;
import java.util.function.Supplier;

/** A machine's way to the bucket. Others may be faster; requests are lost, late or repeated, as the course of the run has it. */
final class DisturbedWire implements BucketStorage.Wire {
    private static final Set<String> READING = Set.of("GET", "LIST");

    private final Scheduler scheduler;
    private final Machine machine;
    private final Machine network;
    private final Deletions deletions;

    /**
     * A wire.
     *
     * @param network what requests that are late travel on
     * @param deletions looks at what is deleted
     */
    DisturbedWire(Scheduler scheduler, Machine machine, Machine network, Deletions deletions) {
        this.scheduler = scheduler;
        this.machine = machine;
        this.network = network;
        this.deletions = deletions;
    }

    @Override
    public <T> T carry(String kind, String key, Supplier<T> call) throws IOException {
        if (key.startsWith("probe/")) {
            return call.get(); // shared with nobody
        }
        boolean changing = !READING.contains(kind);
        scheduler.pass(kind, key);
        Fault fault = scheduler.fault(machine, changing);
        if (fault == Fault.MACHINE_STOPS) {
            machine.stop();
            throw new Stopped();
        }
        T answer = changing ? changed(kind, key, call, fault) : call.get();
        if (changing) {
            scheduler.pass("answer of " + kind, key);
        }
        return answer;
    }

    private <T> T changed(String kind, String key, Supplier<T> call, Fault fault) throws IOException {
        if (fault != Fault.NONE && fault != Fault.TRIED_AGAIN && fault != Fault.REPEATED) {
            machine.hit();
        }
        return switch (fault) {
            case REQUEST_LOST -> throw new IOException(kind + " " + key + " was lost");
            case ANSWER_LOST -> {
                done(kind, key, call);
                throw new IOException("the answer of " + kind + " " + key + " was lost");
            }
            case TRIED_AGAIN -> {
                done(kind, key, call);
                scheduler.pass("again " + kind, key);
                yield done(kind, key, call);
            }
            case LATE -> {
                later(kind, key, call);
                throw new IOException(kind + " " + key + " is late");
            }
            case REPEATED -> {
                later(kind, key, call);
                yield done(kind, key, call);
            }
            default -> done(kind, key, call);
        };
    }

    private <T> T done(String kind, String key, Supplier<T> call) {
        if (kind.equals("DELETE")) {
            deletions.check(machine, key);
        }
        return call.get();
    }

    private <T> void later(String kind, String key, Supplier<T> call) {
        scheduler.add(network, "late " + kind + " " + key, () -> true, () -> {
            scheduler.pass("late " + kind, key);
            done(kind, key, call);
        });
    }
}
