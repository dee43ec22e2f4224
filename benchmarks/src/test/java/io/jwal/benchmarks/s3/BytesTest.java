package io.jwal.benchmarks.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jwal.benchmarks.peer.PeerKind;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.s3.model.S3Object;

/** A loop that moved fewer bytes than the log would win. */
final class BytesTest {
    private static final int ENTRIES = 10_000;

    @Test
    void bothStoreAndReadAllBytes() throws Exception {
        try (Place place = Place.open()) {
            for (PeerKind peer : new PeerKind[] {PeerKind.JWAL, PeerKind.SDK}) {
                String prefix = peer.id() + "/";
                Bytes.of(peer, place).append(prefix, ENTRIES);
                assertThat(stored(place, prefix)).as(peer.title()).isGreaterThanOrEqualTo(ENTRIES * Bytes.ENTRY);
                Bytes.of(peer, place).scan("jwal/", ENTRIES);
                assertThatThrownBy(() -> Bytes.of(peer, place).scan("jwal/", ENTRIES * 2))
                        .as(peer.title())
                        .hasMessageContaining("the ");
            }
        }
    }

    private static long stored(Place place, String prefix) {
        return place
                .client()
                .listObjectsV2Paginator(
                        request -> request.bucket(place.bucket()).prefix(prefix))
                .contents()
                .stream()
                .mapToLong(S3Object::size)
                .sum();
    }
}
