package io.jwal.store.s3.protocol;

import io.jwal.store.LogManifest;
import io.jwal.store.SegmentId;
import io.jwal.store.s3.format.Keys;
import io.jwal.store.s3.format.PartHeader;
import io.jwal.store.s3.objects.IoAction;
import io.jwal.store.s3.objects.ListedObject;
import io.jwal.store.s3.objects.ObjectStorage;
import io.jwal.store.s3.objects.Requests;
import io.jwal.store.s3.objects.Upload;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BiConsumer;

/**
 * Deletes what nobody needs any more: parts of segments that a manifest of this writer calls sealed, and what writers
 * before it have left unfinished. Never a fence. In the background; what stays is tried again by the next writer.
 */
final class Tidying {
    private static final int PAGE = 1000;

    private final ObjectStorage storage;
    private final Requests requests;
    private final Keys keys;
    private final System.Logger logger;
    private final Map<SegmentId, List<String>> superfluous = new ConcurrentHashMap<>();
    private final Queue<CompletableFuture<String>> underWay = new ConcurrentLinkedQueue<>();
    private final AtomicBoolean uploadsLookedAt = new AtomicBoolean();
    private volatile boolean followed;
    private volatile Map<SegmentId, Integer> listed = Map.of();

    Tidying(ObjectStorage storage, Requests requests, Keys keys, System.Logger logger) {
        this.storage = storage;
        this.requests = requests;
        this.keys = keys;
        this.logger = logger;
    }

    /** All segments of which more than a fence is there. */
    Set<SegmentId> list() throws IOException {
        Map<SegmentId, List<String>> parts = new HashMap<>();
        Map<SegmentId, Integer> last = new HashMap<>();
        Set<SegmentId> sealed = new TreeSet<>();
        eachObject(keys.segments(), (object, named) -> {
            if (named.isSealed()) {
                sealed.add(named.segment());
            } else if (!isFence(object, named)) {
                parts.computeIfAbsent(named.segment(), id -> new ArrayList<>()).add(object.key());
                last.merge(named.segment(), named.number(), Math::max);
            }
        });
        listed = last; // at once: whoever opens a segment meanwhile goes by one listing or by the other
        sealed.forEach(id -> {
            List<String> left = parts.get(id);
            if (left != null) {
                superfluous.put(id, left);
            }
        });
        sealed.addAll(parts.keySet());
        return sealed;
    }

    /**
     * The highest number of a part with data that the last listing has shown of a segment, or 0. Whoever opens a segment
     * after it has listed all finds so many parts, or the segment sealed or gone.
     */
    int listed(SegmentId id) {
        return listed.getOrDefault(id, 0);
    }

    /** Page by page: memory does not grow with the bucket. */
    private void eachObject(String prefix, BiConsumer<ListedObject, Keys.Named> action) throws IOException {
        String after = prefix;
        while (true) {
            String from = after;
            List<ListedObject> page = requests.call(() -> storage.list(prefix, from, PAGE));
            for (ListedObject object : page) {
                keys.parse(object.key()).ifPresent(named -> action.accept(object, named));
            }
            if (page.size() < PAGE) {
                return;
            }
            after = page.get(page.size() - 1).key();
        }
    }

    private static boolean isFence(ListedObject object, Keys.Named named) {
        return !named.isSealed() && object.size() == PartHeader.BYTES;
    }

    /**
     * A writer of this store has sealed a segment; its parts go once the manifest says so. Who keeps no manifest here, as
     * an archive does not, names nothing but what is sealed: there they go at once.
     */
    void sealed(SegmentId id, int parts) {
        List<String> superfluousNow = new ArrayList<>(parts);
        for (int number = 1; number <= parts; number++) {
            superfluousNow.add(keys.part(id, number));
        }
        superfluous.put(id, superfluousNow);
        if (!followed) {
            superfluous.keySet().forEach(this::deleteParts);
        }
    }

    /** This writer's manifest says so: what is superfluous by it goes. */
    void follow(LogManifest manifest) {
        followed = true;
        for (LogManifest.Segment segment : manifest.segments(LogManifest.State.SEALED)) {
            deleteParts(segment.id());
        }
        if (uploadsLookedAt.compareAndSet(false, true)) {
            inBackground("unfinished uploads", () -> abortUploads(keys.segments(), manifest.epoch()));
        }
    }

    private void deleteParts(SegmentId id) {
        List<String> parts = superfluous.remove(id);
        if (parts != null) {
            inBackground("parts of the sealed segment " + id, () -> storage.delete(parts));
        }
    }

    /** Gives up the uploads of writers before an epoch. */
    private void abortUploads(String prefix, long epoch) throws IOException {
        for (Upload upload : storage.listUploads(prefix)) {
            if (keys.parse(upload.key())
                    .filter(named -> named.segment().epoch() < epoch)
                    .isPresent()) {
                storage.abort(upload);
            }
        }
    }

    /** Deletes all of a segment but its fence. */
    void delete(SegmentId id) throws IOException {
        superfluous.remove(id);
        List<String> doomed = new ArrayList<>();
        eachObject(keys.segment(id), (object, named) -> {
            if (!isFence(object, named)) {
                doomed.add(object.key());
            }
        });
        boolean wasSealed = doomed.contains(keys.sealed(id));
        requests.run(() -> {
            storage.delete(doomed);
            if (!wasSealed) {
                abortUploads(keys.segment(id), Long.MAX_VALUE);
            }
        });
    }

    private void inBackground(String what, IoAction action) {
        CompletableFuture<String> tidied = requests.start(() -> {
            try {
                action.run();
            } catch (IOException e) {
                logger.log(System.Logger.Level.WARNING, what + " could not be deleted; the next writer tries again", e);
            }
            return what;
        });
        underWay.add(tidied);
        underWay.removeIf(CompletableFuture::isDone);
    }

    /** Waits for what was begun. */
    void finish() throws IOException {
        for (CompletableFuture<String> tidied : underWay) {
            requests.await(tidied);
        }
    }
}
