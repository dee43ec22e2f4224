package io.jwal.store.s3.sdk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.security.cert.CertificateException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.retries.api.AcquireInitialTokenRequest;
import software.amazon.awssdk.retries.api.RecordSuccessRequest;
import software.amazon.awssdk.retries.api.RefreshRetryTokenRequest;
import software.amazon.awssdk.retries.api.TokenAcquisitionFailedException;
import software.amazon.awssdk.services.s3.model.S3Exception;

final class DeadlineRetriesTest {
    private final DeadlineRetries retries = new DeadlineRetries(Duration.ofMinutes(2));

    /** Asks to go on with a call that began a while ago. */
    private void retry(Duration ago, Throwable failure) {
        retry(System.nanoTime() - ago.toNanos(), null, failure);
    }

    private void retry(long started, @Nullable Long garbled, Throwable failure) {
        CallDeadline begun = (CallDeadline) retries.acquireInitialToken(AcquireInitialTokenRequest.create("call"))
                .token();
        retries.refreshRetryToken(RefreshRetryTokenRequest.builder()
                .token(new CallDeadline(begun.token(), started, garbled))
                .failure(failure)
                .build());
    }

    private static Throwable failed(Exception cause) {
        return SdkClientException.create("Unable to execute HTTP request", cause);
    }

    private void assertGivenUp(Duration ago, Throwable failure) {
        assertThatThrownBy(() -> retry(ago, failure))
                .isInstanceOf(TokenAcquisitionFailedException.class)
                .hasCause(failure);
    }

    @Test
    void aCallIsRepeatedUntilItsTimeIsOver() {
        retry(Duration.ofSeconds(100), failed(new IOException("reset")));
        assertGivenUp(Duration.ofSeconds(121), failed(new IOException("reset")));
    }

    @Test
    void noAttemptBeginsThatTheTimeWouldEndBeforeItBegan() {
        retry(Duration.ofSeconds(100), failed(new IOException("reset")));
        Throwable patient = failed(new IOException("reset"));
        assertThatThrownBy(() -> {
                    CallDeadline begun =
                            (CallDeadline) retries.acquireInitialToken(AcquireInitialTokenRequest.create("call"))
                                    .token();
                    retries.refreshRetryToken(RefreshRetryTokenRequest.builder()
                            .token(begun)
                            .failure(patient)
                            .suggestedDelay(Duration.ofHours(1))
                            .build());
                })
                .isInstanceOf(TokenAcquisitionFailedException.class);
    }

    @Test
    void aServerThatNeverAnsweredIsGivenUpSooner() {
        for (Exception unreachable :
                new Exception[] {new UnknownHostException("s3"), new ConnectException("refused")}) {
            retry(Duration.ofSeconds(5), failed(unreachable));
            assertGivenUp(Duration.ofSeconds(11), failed(unreachable));
        }
        retry(Duration.ofSeconds(11), failed(new IOException("reset")));
    }

    @Test
    void aServerThatOnceAnsweredIsWaitedFor() {
        retries.recordSuccess(
                RecordSuccessRequest.create(retries.acquireInitialToken(AcquireInitialTokenRequest.create("call"))
                        .token()));
        retry(Duration.ofSeconds(100), failed(new ConnectException("refused")));
    }

    @Test
    void anErrorIsAnAnswerToo() {
        retry(Duration.ZERO, S3Exception.builder().statusCode(503).build());
        retry(Duration.ofSeconds(100), failed(new ConnectException("refused")));
    }

    private static Throwable garbled() {
        return S3Exception.builder()
                .statusCode(404)
                .awsErrorDetails(AwsErrorDetails.builder()
                        .rawResponse(SdkBytes.fromUtf8String("{Error>"))
                        .build())
                .build();
    }

    @Test
    void whatIsSpoiltOnceIsAskedForAgainHoweverSlowTheServerIs() {
        retry(Duration.ofSeconds(100), garbled());
        assertGivenUp(Duration.ofSeconds(121), garbled());
    }

    @Test
    void whatIsSpoiltAgainAndAgainIsGivenUpSoon() {
        long now = System.nanoTime();
        long started = now - Duration.ofSeconds(100).toNanos();
        Throwable garbled = garbled();
        assertThatThrownBy(() -> retry(started, now - Duration.ofSeconds(1).toNanos(), garbled))
                .isInstanceOf(TokenAcquisitionFailedException.class)
                .hasCause(garbled);
    }

    @Test
    void aCertificateThatIsNotTrustedWillNotBeLater() {
        assertGivenUp(Duration.ZERO, failed(new IOException(new CertificateException("unknown issuer"))));
    }

    @Test
    void itIsMadeForOneClient() {
        assertThat(retries.maxAttempts()).isEqualTo(1_000);
        assertThatThrownBy(retries::toBuilder).isInstanceOf(UnsupportedOperationException.class);
    }
}
