package io.jwal.s3.engine;

import io.jwal.s3.servers.Fault;
import io.jwal.s3.servers.FaultPlan;
import io.jwal.s3.servers.FaultProxy;
import io.jwal.s3.servers.FaultRule;
import io.jwal.s3.servers.S3Operation;
import io.jwal.s3.servers.S3Server;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;

/** Puts a bad network before a server: every now and then a request or its answer is lost, late, refused or spoilt. */
final class TroubledServer {
    private static final long SEED = Long.getLong("jwal.s3.trouble.seed", 1);
    private static final double NOW_AND_THEN = 0.01;
    private static final double RARELY = 0.002;

    private TroubledServer() {}

    /** A proxy with trouble; closing it leaves the server open. */
    static FaultProxy before(S3Server server) {
        try {
            FaultProxy proxy = FaultProxy.before(server);
            cause(proxy.faults());
            return proxy;
        } catch (IOException e) {
            throw new UncheckedIOException("no port for a proxy", e);
        }
    }

    private static void cause(FaultPlan faults) {
        FaultRule any = FaultRule.on();
        FaultRule gets = FaultRule.on(S3Operation.GET);
        FaultRule puts = FaultRule.on(S3Operation.PUT);
        faults.add(any.sometimes(NOW_AND_THEN, SEED), Fault.dropRequest());
        faults.add(any.sometimes(NOW_AND_THEN, SEED + 1), Fault.dropAnswer());
        faults.add(any.sometimes(NOW_AND_THEN, SEED + 2), Fault.answer(500, "InternalError"));
        faults.add(any.sometimes(NOW_AND_THEN, SEED + 3), Fault.answerAfter(500, "InternalError"));
        faults.add(any.sometimes(RARELY, SEED + 4), Fault.answer(503, "SlowDown"));
        faults.add(any.sometimes(NOW_AND_THEN, SEED + 5), Fault.delay(Duration.ofMillis(50)));
        faults.add(puts.sometimes(NOW_AND_THEN, SEED + 6), Fault.answer(409, "ConditionalRequestConflict"));
        faults.add(gets.sometimes(NOW_AND_THEN, SEED + 7), Fault.cutBody(1));
        faults.add(gets.sometimes(NOW_AND_THEN, SEED + 8), Fault.flipBody(0));
        faults.add(gets.sometimes(NOW_AND_THEN, SEED + 9), Fault.wrongChecksum());
    }
}
