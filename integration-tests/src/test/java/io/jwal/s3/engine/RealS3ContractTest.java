package io.jwal.s3.engine;

import io.jwal.s3.servers.RealS3;
import java.io.IOException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

class RealS3ContractTest extends ServerContract {
    private static Place place;

    RealS3ContractTest() {
        super(place);
    }

    @BeforeAll
    static void start() throws IOException {
        place = Place.on(RealS3.server());
    }

    @AfterAll
    static void end() {
        place.close();
    }
}
