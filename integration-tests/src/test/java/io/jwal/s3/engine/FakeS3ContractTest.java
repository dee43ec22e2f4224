package io.jwal.s3.engine;

import io.jwal.s3.servers.FakeS3;
import java.io.IOException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

class FakeS3ContractTest extends ServerContract {
    private static FakeS3 server;
    private static Place place;

    FakeS3ContractTest() {
        super(place);
    }

    @BeforeAll
    static void start() throws IOException {
        server = FakeS3.start();
        place = Place.on(server);
    }

    @AfterAll
    static void end() {
        place.close();
        server.close();
    }

    /** More than a page of a listing. */
    @Override
    protected int manySegments() {
        return 1_100;
    }
}
