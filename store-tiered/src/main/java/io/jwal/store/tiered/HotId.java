package io.jwal.store.tiered;

import io.jwal.store.Register;
import io.jwal.store.StoreCorruptException;
import java.nio.ByteBuffer;
import java.util.UUID;

/**
 * Who a hot store is. It stands in a register of the hot store; the archive names the one that feeds it, so that an empty
 * disk, or one that was given up, is never taken for the log.
 *
 * @param id a random number
 * @param standing what it is to the archive
 */
record HotId(UUID id, Standing standing) {
    static final String REGISTER = "tiered-hot-id";

    private static final int VERSION = 1;
    private static final RegisterFrame FRAME = new RegisterFrame(REGISTER, 0x3144494F484C574AL, VERSION); // "JWLHOID1"
    private static final int BODY_BYTES = 24;

    /** What a hot store is to the archive. */
    enum Standing {
        /** Chosen; the archive may not know it yet. */
        NEW(0),
        /** The archive has named it. */
        ATTACHED(1),
        /** The archive names it, but the log has not arrived here yet. */
        TAKING_OVER(2);

        private final int code;

        Standing(int code) {
            this.code = code;
        }
    }

    static HotId random(Standing standing) {
        return new HotId(UUID.randomUUID(), standing);
    }

    HotId as(Standing changed) {
        return new HotId(id, changed);
    }

    ByteBuffer encode() {
        ByteBuffer out = FRAME.begin(VERSION, BODY_BYTES);
        out.putLong(id.getMostSignificantBits()).putLong(id.getLeastSignificantBits());
        return FRAME.end(out.putInt(standing.code).putInt(0));
    }

    static HotId decode(Register register) throws StoreCorruptException {
        ByteBuffer body = FRAME.body(register.content());
        if (body.remaining() != BODY_BYTES) {
            throw FRAME.corrupt("it has a body of " + body.remaining() + " bytes", null);
        }
        UUID id = new UUID(body.getLong(), body.getLong());
        int code = body.getInt();
        for (Standing standing : Standing.values()) {
            if (standing.code == code) {
                return new HotId(id, standing);
            }
        }
        throw FRAME.corrupt("there is no standing " + code, null);
    }
}
