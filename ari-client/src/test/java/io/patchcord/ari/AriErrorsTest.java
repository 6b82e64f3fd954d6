package io.patchcord.ari;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.patchcord.ari.testing.FakeAri;
import io.patchcord.ari.testing.FakeReply;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AriErrorsTest {

    private final FakeAri fake = FakeAri.start();
    private final AriClient ari = fake.clientBuilder().build();

    @AfterEach
    void close() {
        ari.close();
        fake.close();
    }

    private static AriException failureOf(CompletableFuture<?> future) {
        try {
            future.get(FakeAri.PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (Exception e) {
            return AriException.from(e);
        }
        throw new AssertionError("it did not fail");
    }

    @ParameterizedTest
    @CsvSource({
        "400, BAD_REQUEST",
        "401, UNAUTHORIZED",
        "403, FORBIDDEN",
        "404, NOT_FOUND",
        "409, CONFLICT",
        "412, PRECONDITION",
        "422, UNPROCESSABLE",
        "500, SERVER",
        "501, SERVER",
        "503, SERVER",
        "302, OTHER",
        "418, OTHER"
    })
    void refusals_areToldApart_withOperationStatusAndAsterisksWords(int status, AriException.Kind kind) {
        fake.failNext("POST", "/channels/1.1/answer", status, "Asterisk's words");

        AriException failure = failureOf(ari.channels().answer("1.1"));

        assertThat(failure.kind()).isEqualTo(kind);
        assertThat(failure.status()).isEqualTo(status);
        assertThat(failure.operation()).isEqualTo("channels.answer");
        assertThat(failure.asteriskMessage()).isEqualTo("Asterisk's words");
        assertThat(failure)
                .hasMessageContaining("POST channels/1.1/answer")
                .hasMessageContaining(String.valueOf(status))
                .hasMessageContaining("Asterisk's words");
    }

    @Test
    void readOnlyUser_isToldWhatToChange() {
        try (AriClient observer =
                fake.clientBuilder().credentials("observer", "observer").build()) {
            assertThat(observer.channels().list()).succeedsWithin(FakeAri.PATIENCE);

            AriException failure = failureOf(observer.bridges().create(CreateBridgeRequest.mixing("b", "")));

            assertThat(failure.kind()).isEqualTo(AriException.Kind.FORBIDDEN);
            assertThat(failure).hasMessageContaining("read_only=no").hasMessageContaining("FreePBX");
        }
    }

    @Test
    void wrongPassword_isUnauthorized_andShownNowhere() {
        try (AriClient wrong =
                fake.clientBuilder().credentials("agent", "s3cr3t-pass").build()) {
            AriException failure = failureOf(wrong.channels().list());

            assertThat(failure.kind()).isEqualTo(AriException.Kind.UNAUTHORIZED);
            assertThat(failure).hasMessageContaining("check the ARI user");
            assertThat(failure.toString() + wrong).doesNotContain("s3cr3t-pass");
        }
    }

    @Test
    void answerWithoutAMessage_stillHasItsStatus() {
        // Asterisk's fixed out-of-memory object has another key than its other refusals
        fake.answerNext("GET", "/channels", new FakeReply(500, "{\"error\":\"Allocation failed\"}"));
        AriException withOtherKey = failureOf(ari.channels().list());
        assertThat(withOtherKey.kind()).isEqualTo(AriException.Kind.SERVER);
        assertThat(withOtherKey.asteriskMessage()).isEqualTo("Allocation failed");

        fake.answerNext("GET", "/channels", new FakeReply(500, ""));
        assertThat(failureOf(ari.channels().list()).status()).isEqualTo(500);
    }

    @Test
    void addressWithoutAri_isNotFound_withoutItsHtml() {
        // Given a prefix in http.conf that the client was not told
        try (FakeAri elsewhere = FakeAri.start();
                AriClient lost = elsewhere
                        .clientBuilder()
                        .uri(URI.create(elsewhere.uri() + "/ari/wrong"))
                        .build()) {
            AriException failure = failureOf(lost.channels().list());

            assertThat(failure.kind()).isEqualTo(AriException.Kind.NOT_FOUND);
            assertThat(failure.getMessage()).doesNotContain("<html>");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{", "[1,2", "nonsense", "{\"a\":tru}"})
    void answerThatIsNoJson_failsAsNotUnderstood(String body) {
        fake.answerNext("GET", "/channels/1.1", new FakeReply(200, body));

        AriException failure = failureOf(ari.channels().get("1.1"));

        assertThat(failure.kind()).isEqualTo(AriException.Kind.OTHER);
        assertThat(failure).hasMessageContaining("cannot be understood");
    }

    @Test
    void answerNestedTooDeep_failsAsNotUnderstood() {
        fake.answerNext("GET", "/channels/1.1", new FakeReply(200, "{\"a\":".repeat(100) + "1" + "}".repeat(100)));

        assertThat(failureOf(ari.channels().get("1.1")).kind()).isEqualTo(AriException.Kind.OTHER);
    }

    @Test
    void answerThatIsTooLarge_failsWithoutBeingKept() {
        fake.answerNext("GET", "/channels", new FakeReply(200, "[" + " ".repeat(Json.MAX_DOCUMENT_BYTES) + "]"));

        AriException failure = failureOf(ari.channels().list());

        assertThat(failure.kind()).isEqualTo(AriException.Kind.OTHER);
        assertThat(failure).hasMessageContaining("larger than");
    }

    @Test
    void nobodyListening_isUnreachable_andSaysWhere() {
        int port = fake.port();
        fake.close();

        AriException failure = failureOf(ari.channels().list());

        assertThat(failure.kind()).isEqualTo(AriException.Kind.UNREACHABLE);
        assertThat(failure.status()).isZero();
        assertThat(failure).hasMessageContaining("http://127.0.0.1:" + port).hasMessageContaining("http.conf");
    }

    @Test
    void silence_isUnreachableAfterTheRequestTimeout() {
        try (AriClient hasty =
                fake.clientBuilder().requestTimeout(Duration.ofMillis(200)).build()) {
            fake.stallNext("GET", "/channels");

            assertThat(failureOf(hasty.channels().list()).kind()).isEqualTo(AriException.Kind.UNREACHABLE);
        }
    }

    @Test
    void connectionThatBreaksAfterAPost_isNotTriedAgain_soThatNoCallIsPlacedTwice() {
        // Given a connection that is open already, which OkHttp would by itself replace and try again on
        assertThat(ari.channels().list()).succeedsWithin(FakeAri.PATIENCE);
        fake.breakNext("POST", "/channels");

        AriException failure = failureOf(ari.channels()
                .originate(OriginateRequest.to("PJSIP/100").application("agent").build()));

        assertThat(failure.kind()).isEqualTo(AriException.Kind.UNREACHABLE);
        assertThat(fake.requests("POST", "/channels")).hasSize(1);
    }

    @Test
    void redirect_isNotFollowed_soThatCredentialsStayHere() {
        fake.answerNext("GET", "/channels", new FakeReply(302, ""));

        assertThat(failureOf(ari.channels().list()).kind()).isEqualTo(AriException.Kind.OTHER);
        assertThat(fake.requests()).hasSize(1);
    }

    @Test
    void close_endsWhatIsUnderWay_andWhatComesAfterIt() {
        fake.stallNext("GET", "/channels");
        CompletableFuture<?> underWay = ari.channels().list();
        fake.awaitRequest("GET", "/channels");

        ari.close();

        assertThat(failureOf(underWay).kind()).isEqualTo(AriException.Kind.CLOSED);
        assertThat(failureOf(ari.channels().list()).kind()).isEqualTo(AriException.Kind.CLOSED);
    }

    @Test
    void cancelledRequest_givesItsConnectionUp() {
        try (AriClient single = fake.clientBuilder().maxConcurrentRequests(1).build()) {
            fake.stallNext("GET", "/channels");
            CompletableFuture<?> first = single.channels().list();
            fake.awaitRequest("GET", "/channels");

            first.cancel(true);

            assertThatThrownBy(first::join).isInstanceOf(CancellationException.class);
            assertThat(single.channels().list()).succeedsWithin(FakeAri.PATIENCE);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", ".", ".."})
    void idsThatWouldLeadElsewhere_areRefused(String id) {
        assertThatIllegalArgumentException().isThrownBy(() -> ari.channels().hangup(id));
        assertThat(fake.requests()).isEmpty();
    }

    @Test
    void from_findsTheFailureBehindWrappers_andKeepsForeignOnes() {
        fake.failNext("GET", "/channels", 409, "busy");
        AriException found = failureOf(ari.channels().list().thenApply(list -> list.size()));
        assertThat(found.kind()).isEqualTo(AriException.Kind.CONFLICT);

        AriException foreign = AriException.from(new IllegalStateException("other trouble"));
        assertThat(foreign.kind()).isEqualTo(AriException.Kind.OTHER);
        assertThat(foreign).hasMessageContaining("other trouble").hasCauseInstanceOf(IllegalStateException.class);
    }
}
