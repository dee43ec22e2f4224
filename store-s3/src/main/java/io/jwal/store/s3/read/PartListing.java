package io.jwal.store.s3.read;

import io.jwal.store.SegmentId;
import io.jwal.store.s3.format.Keys;
import io.jwal.store.s3.format.PartHeader;
import io.jwal.store.s3.objects.ListedObject;
import io.jwal.store.s3.objects.ObjectStorage;
import io.jwal.store.s3.objects.Requests;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** What a listing says of a segment's parts: a hint where to begin, never the truth. */
public final class PartListing {
    private static final int PAGE = 1000;

    private final ObjectStorage storage;
    private final Requests requests;
    private final Keys keys;
    private final SegmentId id;

    /** Of one segment. */
    public PartListing(ObjectStorage storage, Requests requests, Keys keys, SegmentId id) {
        this.storage = storage;
        this.requests = requests;
        this.keys = keys;
        this.id = id;
    }

    private record Listed(int number, long size) {}

    /**
     * The first number at which no data is listed.
     *
     * @return a number from 1 up
     */
    public int firstGap() throws IOException {
        int expected = 1;
        for (Listed part : behind(0)) {
            if (part.number() != expected || part.size() == PartHeader.BYTES) {
                break;
            }
            expected++;
        }
        return expected;
    }

    /** The numbers of all parts with data behind a number. */
    List<Integer> numbersBehind(int number) throws IOException {
        return behind(number).stream()
                .filter(part -> part.size() > PartHeader.BYTES)
                .map(Listed::number)
                .toList();
    }

    private List<Listed> behind(int number) throws IOException {
        List<Listed> parts = new ArrayList<>();
        String prefix = keys.parts(id);
        String after = number == 0 ? prefix : keys.part(id, number);
        while (true) {
            String from = after;
            List<ListedObject> page = requests.call(() -> storage.list(prefix, from, PAGE));
            for (ListedObject object : page) {
                keys.parse(object.key()).ifPresent(named -> parts.add(new Listed(named.number(), object.size())));
            }
            if (page.size() < PAGE) {
                return parts;
            }
            after = page.get(page.size() - 1).key();
        }
    }
}
