package io.jwal.s3.servers;

import static io.jwal.s3.servers.S3Operation.GET;
import static io.jwal.s3.servers.S3Operation.MULTIPART_COMPLETE;
import static io.jwal.s3.servers.S3Operation.PUT;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.ChecksumMode;
import software.amazon.awssdk.services.s3.model.CompletedPart;

/** What faults do, wherever they are planned. */
abstract class FaultBehaviour extends S3Fixture {
    abstract FaultPlan faults();

    abstract RequestLog requests();

    abstract void down();

    abstract void up();

    @BeforeEach
    void countFromZero() {
        requests().clear();
    }

    @AfterEach
    void forgetFaults() {
        faults().clear();
    }

    @Test
    void aDroppedRequestHasNoEffect() {
        faults().add(FaultRule.on(PUT), Fault.dropRequest());

        assertThatThrownBy(() -> put("dropped", "x")).isInstanceOf(SdkClientException.class);

        assertAbsent("dropped");
        put("dropped", "y"); // once only
    }

    @Test
    void aDroppedAnswerLeavesTheEffect() {
        faults().add(FaultRule.on(PUT), Fault.dropAnswer());

        assertThatThrownBy(() -> put("unanswered", "x")).isInstanceOf(SdkClientException.class);

        assertThat(content("unanswered")).isEqualTo("x");
    }

    @Test
    void aRetryAfterALostAnswerIsRefused() {
        faults().add(FaultRule.on(PUT), Fault.dropAnswer());
        try (S3Client retrying = Clients.retrying(server)) {
            assertFails(
                    412,
                    "PreconditionFailed",
                    () -> retrying.putObject(absent("retried"), RequestBody.fromString("ours")));
        }

        assertThat(content("retried")).isEqualTo("ours");
        assertThat(requests().count(PUT)).isEqualTo(2);
    }

    @Test
    void anotherAnswerMayComeInsteadOfTheEffect() {
        faults().add(FaultRule.on(PUT).nth(1), Fault.answer(503, "SlowDown"));
        faults().add(FaultRule.on(PUT).nth(2), Fault.answer(409, "ConditionalRequestConflict"));
        faults().add(FaultRule.on(PUT).nth(3), Fault.answer(412, "PreconditionFailed"));

        assertFails(503, "SlowDown", () -> put("instead", "x"));
        assertFails(409, "ConditionalRequestConflict", () -> put("instead", "x"));
        assertFails(412, "PreconditionFailed", () -> put("instead", "x"));

        assertAbsent("instead");
        assertThat(faults().injected()).isGreaterThanOrEqualTo(3);
    }

    @Test
    void anotherAnswerMayComeAfterTheEffect() {
        faults().add(FaultRule.on(PUT), Fault.answerAfter(500, "InternalError"));

        assertFails(500, "InternalError", () -> put("after", "x"));

        assertThat(content("after")).isEqualTo("x");
    }

    @Test
    void completionMayFailBehindASuccessfulStatus() {
        String upload = createUpload("late");
        List<CompletedPart> parts = List.of(part("late", upload, 1, bytes(10, 1)));
        faults().add(FaultRule.on(MULTIPART_COMPLETE), Fault.answer(200, "InternalError"));

        assertThatThrownBy(() -> complete("late", upload, parts, null, null)).isInstanceOf(SdkException.class);

        assertAbsent("late");
        complete("late", upload, parts, null, null);
    }

    @Test
    void aDelayedRequestTakesItsTime() {
        faults().add(FaultRule.on(PUT), Fault.delay(Duration.ofMillis(300)));
        long start = System.nanoTime();

        put("delayed", "x");

        assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThanOrEqualTo(Duration.ofMillis(300));
    }

    @Test
    void aHeldRequestTakesEffectWhenItIsLetGo() {
        put("held", "old");
        Gate gate = faults().hold(FaultRule.on(PUT).key("held"));
        CompletableFuture<?> zombie = CompletableFuture.runAsync(() -> put("held", "zombie"));
        gate.awaitReached();
        put("other", "passes");
        assertThat(content("held")).isEqualTo("old");

        gate.release();
        zombie.join();

        assertThat(content("held")).isEqualTo("zombie");
    }

    @Test
    void aHeldAnswerHasItsEffectAlready() {
        Gate gate = faults().holdAnswer(FaultRule.on(PUT).key("slow"));
        CompletableFuture<?> put = CompletableFuture.runAsync(() -> put("slow", "x"));
        gate.awaitReached();

        assertThat(content("slow")).isEqualTo("x");
        assertThat(put).isNotDone();

        gate.release();
        put.join();
    }

    @Test
    void clearingLetsGoWhoeverWaits() {
        Gate gate = faults().hold(FaultRule.on(PUT));
        CompletableFuture<?> put = CompletableFuture.runAsync(() -> put("waiting", "x"));
        gate.awaitReached();

        faults().clear();

        put.join();
        assertThat(content("waiting")).isEqualTo("x");
    }

    @Test
    void aCutBodyIsNoticed() {
        s3.putObject(put("cut"), RequestBody.fromBytes(bytes(300_000, 2)));
        faults().add(FaultRule.on(GET), Fault.cutBody(100_000));

        assertThatThrownBy(() -> s3.getObjectAsBytes(get("cut"))).isInstanceOf(SdkException.class);

        assertThat(s3.getObjectAsBytes(get("cut")).asByteArray()).isEqualTo(bytes(300_000, 2));
    }

    @Test
    void aFlippedByteIsOnlyThat() {
        put("flipped", "abcdef");
        faults().add(FaultRule.on(GET), Fault.flipBody(2));

        assertThat(content("flipped")).isEqualTo("abbdef");
        assertThat(content("flipped")).isEqualTo("abcdef");
    }

    @Test
    void aWrongChecksumIsNoticed() {
        s3.putObject(put("summed").toBuilder().checksumCRC32C("4waSgw==").build(), RequestBody.fromString("123456789"));
        faults().add(FaultRule.on(GET), Fault.wrongChecksum());

        assertThatThrownBy(() -> s3.getObjectAsBytes(get("summed").toBuilder()
                        .checksumMode(ChecksumMode.ENABLED)
                        .build()))
                .isInstanceOf(SdkClientException.class)
                .hasMessageContaining("checksum");
    }

    @Test
    void aReorderedRequestComesAfterTheNextOne() {
        faults().add(FaultRule.on(PUT).key("order"), Fault.reorder());
        CompletableFuture<?> first = CompletableFuture.runAsync(() -> put("order", "first"));
        Awaitility.await().until(() -> requests().count(PUT) == 1);

        put("order", "second");
        first.join();

        assertThat(content("order")).isEqualTo("first");
    }

    @Test
    void aRuleMeetsTheKeysAndTheNumberThatItNames() {
        faults().add(FaultRule.on(PUT).key("rule/.*\\.part").nth(2), Fault.answer(503, "SlowDown"));

        put("rule/0.seg", "x");
        put("rule/1.part", "x");
        put("rule/1.seg", "x");
        assertFails(503, "SlowDown", () -> put("rule/2.part", "x"));
        put("rule/3.part", "x");
    }

    @Test
    void aLastingFaultEndsWhenThePlanIsCleared() {
        faults().add(FaultRule.on(GET, PUT).nth(2).forGood(), Fault.answer(503, "SlowDown"));
        put("lasting", "x");

        assertFails(503, "SlowDown", () -> put("lasting", "y"));
        assertFails(503, "SlowDown", () -> content("lasting"));
        faults().clear();

        assertThat(content("lasting")).isEqualTo("x");
    }

    @Test
    void aSeedMeetsTheSameRequestsInEveryRun() {
        List<Integer> first = failuresOf(7);
        List<Integer> again = failuresOf(7);
        List<Integer> other = failuresOf(8);

        assertThat(first).isEqualTo(again).isNotEqualTo(other).hasSizeBetween(5, 35);
    }

    private List<Integer> failuresOf(long seed) {
        faults().clear();
        faults().add(FaultRule.on(PUT).sometimes(0.5, seed), Fault.answer(503, "SlowDown"));
        List<Integer> failures = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            try {
                put("seeded", "x");
            } catch (SdkException e) {
                failures.add(i);
            }
        }
        return failures;
    }

    @Test
    void requestsAreCountedAndKept() {
        put("counted", "x");
        content("counted");
        content("counted");

        assertThat(requests().count(PUT)).isEqualTo(1);
        assertThat(requests().count(GET)).isEqualTo(2);
        assertThat(requests().last().stream().map(S3Request::toString))
                .containsExactly(
                        "PUT " + bucket + "/counted", "GET " + bucket + "/counted", "GET " + bucket + "/counted");
    }

    @Test
    void anEndpointGoesDownAndComesBack() {
        put("before", "x");
        down();
        assertThatThrownBy(() -> put("down", "x")).isInstanceOf(SdkClientException.class);
        up();

        put("back", "x");

        assertThat(content("before")).isEqualTo("x");
        assertAbsent("down");
    }

    private String content(String key) {
        return new String(s3.getObjectAsBytes(get(key)).asByteArray(), UTF_8);
    }

    private void assertAbsent(String key) {
        assertThat(keys(request -> request.prefix(key))).isEmpty();
    }
}
