package io.jwal.store.s3.simulator;

import io.jwal.store.LogManifest;
import io.jwal.store.SegmentId;
import io.jwal.store.Store;
import io.jwal.store.StoreException;
import io.jwal.store.WriterClaim;
import io.jwal.store.s3.objects.Requests;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * The engine's part of the protocol, as short as it can be said: takes a log over, recovers it, appends, rolls, seals,
 * drops, collects. Mutants of it are made by replacing one of its lines.
 */
final class ModelWriter {
    private final Machine machine;
    private final Store store;
    private final Requests requests;
    private final History history;
    private final ModelRegister<LogManifest> manifest;
    private final ModelRegister<ModelRegister.State> state;
    private final List<ModelSegment> writing = new ArrayList<>();
    private CompletableFuture<Long> lastSync = CompletableFuture.completedFuture(0L);
    private @Nullable ModelSegment hot;
    private @Nullable ModelSegment ahead;
    private boolean owner;
    private int sequence;
    private int appended;
    private long last;
    private long durable;

    ModelWriter(Machine machine, Store store, Requests requests, History history) {
        this.machine = machine;
        this.store = store;
        this.requests = requests;
        this.history = history;
        this.manifest = ModelRegister.manifest(store);
        this.state = ModelRegister.state(store);
    }

    /**
     * Takes the log over and does what a program says: {@code a} appends an entry, {@code b} a batch of three, {@code w}
     * waits until all is durable, {@code n} names the next segment ahead, {@code r} rolls to it, {@code d} drops the
     * first sealed segment, {@code c} commits a consumer's position, {@code x} closes the log, {@code v} reads all of it.
     */
    void run(String program) throws IOException {
        WriterClaim claim = store.claimWriter();
        try {
            open();
            machine.opened();
            for (char step : program.toCharArray()) {
                perform(step);
            }
        } catch (IOException e) {
            if (!isReplaced()) {
                throw e;
            }
        } finally {
            for (ModelSegment segment : writing) {
                segment.writer().close();
            }
            claim.close();
        }
    }

    /** Whatever was missing or damaged: a newer writer explains it. */
    private boolean isReplaced() throws IOException {
        long now = manifest.epochInStore();
        return now > machine.epoch() || (now == machine.epoch() && !owner);
    }

    private void perform(char step) throws IOException {
        switch (step) {
            case 'a' -> append(1);
            case 'b' -> append(3);
            case 'w' -> awaitDurable();
            case 'n' -> nameAhead();
            case 'r' -> roll();
            case 'd' -> drop();
            case 'c' -> commit();
            case 'x' -> end();
            case 'v' -> readAll();
            default -> throw new IllegalArgumentException("no step: " + step);
        }
    }

    private long epoch() {
        return manifest.current().epoch();
    }

    private void open() throws IOException {
        long before = manifest.epochInStore();
        machine.epoch(before + 1);
        checkNothingThere(before);
        manifest.takeOver(before + 1, before);
        owner = true;
        history.owns(machine, epoch());
        state.takeOver(epoch(), epoch() - 1);
        history.inherited(epoch(), state.current().position());
        List<LogManifest.Segment> replaced = manifest.replaced().segments(LogManifest.State.OPEN);
        for (LogManifest.Segment open : replaced) {
            store.fenceSegment(open.id());
        }
        ModelScan scan = ModelScan.of(store, manifest.current());
        history.found(epoch(), scan.behind(), scan.entries());
        last = scan.lastIndex();
        copyForward(scan, replaced);
        durable = last;
        collect();
    }

    /** Segments without a manifest are corruption, not a new log; unless another writer has just begun it. */
    private void checkNothingThere(long before) throws IOException {
        if (before == 0 && !(store.listSegments().isEmpty() && state.isAbsent()) && manifest.isAbsent()) {
            throw new StoreException("there are segments, but no manifest");
        }
    }

    private void copyForward(ModelScan scan, List<LogManifest.Segment> replaced) throws IOException {
        if (replaced.isEmpty()) {
            return;
        }
        List<ModelSegment> copies = new ArrayList<>();
        try {
            for (Map.Entry<Long, Mark> entry : scan.entries().entrySet()) {
                if (copies.size() < 2) { // so that there is a sealed copy, too
                    endCopy(copies);
                    copies.add(create());
                }
                copies.get(copies.size() - 1).append(entry.getKey(), entry.getValue(), scan.behind());
            }
            if (!copies.isEmpty()) {
                copies.get(copies.size() - 1).writer().sync();
            }
        } catch (IOException e) {
            for (ModelSegment copy : copies) {
                discard(copy);
            }
            throw e;
        }
        List<LogManifest.Segment> segments = new ArrayList<>(manifest.current().segments());
        segments.removeAll(replaced);
        for (ModelSegment copy : copies) {
            segments.add(copy == copies.get(copies.size() - 1) ? copy.named() : copy.sealed());
        }
        update(segments, manifest.current().firstIndex(), last);
        hot = copies.isEmpty() ? null : copies.get(copies.size() - 1);
        delete(replaced);
    }

    private static void endCopy(List<ModelSegment> copies) throws IOException {
        if (!copies.isEmpty()) {
            ModelSegment copy = copies.get(copies.size() - 1);
            copy.writer().sync();
            copy.seal();
        }
    }

    private void discard(ModelSegment copy) {
        try {
            copy.writer().close();
            store.deleteSegment(copy.id());
        } catch (IOException e) {
            machine.hit(); // garbage now
        }
    }

    private ModelSegment create() throws IOException {
        ModelSegment created = ModelSegment.create(store, new SegmentId(epoch(), ++sequence), machine.number());
        writing.add(created);
        return created;
    }

    private void update(List<LogManifest.Segment> segments, long first, long durableNow) throws IOException {
        manifest.update(new LogManifest(epoch(), first, durableNow, 0, List.of(), segments));
    }

    private void delete(List<LogManifest.Segment> dropped) throws IOException {
        for (LogManifest.Segment segment : dropped) {
            store.deleteSegment(segment.id());
        }
    }

    /** Deletes what writers before this one have left and no manifest names. */
    private void collect() throws IOException {
        Set<SegmentId> named = new HashSet<>();
        manifest.current().segments().forEach(segment -> named.add(segment.id()));
        for (SegmentId id : store.listSegments()) {
            if (!named.contains(id) && id.epoch() < epoch()) {
                store.deleteSegment(id);
            }
        }
    }

    private void append(int entries) throws IOException {
        ModelSegment now = hot;
        if (now == null) {
            now = create();
            named(now);
            hot = now;
        }
        Map<Long, Mark> batch = new TreeMap<>();
        for (int i = 0; i < entries; i++) {
            Mark mark = new Mark(machine.number(), epoch(), ++appended);
            batch.put(++last, mark);
            now.append(last, mark, durable);
        }
        long end = last;
        lastSync = now.writer().syncAsync();
        CompletableFuture<Void> unused = lastSync.thenAccept(position -> {
            durable = end;
            batch.forEach(history::acknowledged);
        });
    }

    private void awaitDurable() throws IOException {
        requests.await(lastSync);
    }

    private void named(ModelSegment segment) throws IOException {
        List<LogManifest.Segment> segments = new ArrayList<>(manifest.current().segments());
        segments.add(segment.named());
        update(segments, manifest.current().firstIndex(), durable);
    }

    private void nameAhead() throws IOException {
        if (ahead == null && hot != null) {
            ModelSegment next = create();
            named(next);
            ahead = next;
        }
    }

    private void roll() throws IOException {
        ModelSegment old = hot;
        if (old == null || old.isEmpty()) {
            return;
        }
        nameAhead();
        hot = ahead;
        ahead = null;
        seal(old);
    }

    private void seal(ModelSegment old) throws IOException {
        awaitDurable();
        old.seal();
        List<LogManifest.Segment> segments = new ArrayList<>(manifest.current().segments());
        segments.replaceAll(segment -> segment.id().equals(old.id()) ? old.sealed() : segment);
        update(segments, manifest.current().firstIndex(), durable);
    }

    private void drop() throws IOException {
        List<LogManifest.Segment> sealed = manifest.current().segments(LogManifest.State.SEALED);
        if (sealed.isEmpty()) {
            return;
        }
        LogManifest.Segment dropped = sealed.get(0);
        List<LogManifest.Segment> segments = new ArrayList<>(manifest.current().segments());
        segments.remove(dropped);
        history.dropped(dropped.lastIndex() + 1);
        update(segments, dropped.lastIndex() + 1, durable);
        delete(List.of(dropped));
    }

    private void commit() throws IOException {
        long next = state.current().position() + 1;
        state.update(new ModelRegister.State(epoch(), next));
        history.committed(epoch(), next);
    }

    private void end() throws IOException {
        List<LogManifest.Segment> unused = new ArrayList<>();
        for (ModelSegment segment : new ModelSegment[] {hot, ahead}) {
            if (segment != null && segment.isEmpty()) {
                unused.add(segment.named());
            } else if (segment != null) {
                seal(segment);
            }
        }
        hot = null;
        ahead = null;
        List<LogManifest.Segment> segments = new ArrayList<>(manifest.current().segments());
        segments.removeAll(unused);
        update(segments, manifest.current().firstIndex(), durable);
        delete(unused);
    }

    private void readAll() throws IOException {
        history.read(manifest.current().firstIndex(), new ModelReading(store, manifest.current()).entries());
    }
}
