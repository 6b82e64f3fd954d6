package io.patchcord.provider.openai;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.patchcord.agent.media.AudioConverter;
import io.patchcord.agent.media.AudioFormat;
import io.patchcord.agent.media.AudioFrame;
import io.patchcord.agent.spi.ProviderException;
import io.patchcord.agent.spi.ProviderException.Kind;
import io.patchcord.agent.spi.SttEvent;
import io.patchcord.provider.openai.testing.FakeRealtimeSession;
import io.patchcord.provider.socket.SocketEnd;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Realtime transcription when the service refuses, breaks, or talks nonsense. */
class RealtimeSttErrorsTest extends RealtimeEars {

    @ParameterizedTest
    @CsvSource({
        "400,REJECTED",
        "401,UNAUTHORIZED",
        "403,UNAUTHORIZED",
        "404,CONFIGURATION",
        "429,RATE_LIMITED",
        "500,UNAVAILABLE",
        "503,UNAVAILABLE"
    })
    void refusedHandshake_isToldOnce_withoutTheKey(int status, Kind kind) {
        sockets.refuseAll(new SocketEnd.Refused(
                status,
                Map.of("retry-after", "7"),
                "{\"error\":{\"message\":\"No luck with " + RealtimeCall.KEY + "\"}}"));
        open();
        speak("one");
        pass(15_000);

        assertThat(failure().kind()).isEqualTo(kind);
        assertThat(failure().getMessage())
                .contains(String.valueOf(status), "No luck")
                .doesNotContain(RealtimeCall.KEY);
        assertThat(failure().retryAfter()).contains(Duration.ofSeconds(7));
        assertThat(events).hasSize(1);
    }

    @Test
    void handshakeThatIsNotAnswered_isATimeOut() {
        sockets.refuseAll(new SocketEnd.TimedOut(Duration.ofSeconds(5)));
        open();
        pass(15_000);

        assertThat(failure().kind()).isEqualTo(Kind.TIMEOUT);
    }

    @ParameterizedTest
    @ValueSource(ints = {1001, 1005, 1006, 1011, 1012, 1013})
    void passingCloseCodes_areRecoveredFrom(int code) {
        open();
        speak("one");
        sockets.session().close(code, "");
        pass(3_000);

        assertThat(ends()).containsExactly(end("one"));
        assertThat(sockets.sessions()).hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(ints = {1000, 1003, 1008, 4000})
    void lastingCloseCodes_areAFailure(int code) {
        open();
        sockets.session().close(code, "policy");
        pass(3_000);

        assertThat(failure().getMessage()).contains(String.valueOf(code), "policy");
        assertThat(sockets.sessions()).hasSize(1);
    }

    @Test
    void whoIsToTryOnce_failsWhenThatIsInVain_atOnce() {
        tries = 1;
        open();
        speak("one");
        pass(1_500);
        sockets.refuseAll(new SocketEnd.Lost("connection refused"));
        sockets.session().cut();
        pass(200);

        assertThat(failure().kind()).isEqualTo(Kind.UNAVAILABLE);
    }

    @Test
    void transcriptThatComesTwice_isOneTurn() {
        open();
        speak("one");
        pass(1_500);
        FakeRealtimeSession service = sockets.session();
        String item = lastItem();
        service.send(completed(service, item, "one"));
        service.send(completed(service, "item_of_nobody", "nine"));
        speak("two");
        pass(1_500);

        assertThat(ends()).containsExactly(end("one"), end("two"));
    }

    @Test
    void unknownFields_andTenMegabytes_disturbNothing() {
        open();
        sockets.session().sendText("{\"type\":\"session.updated\",\"session\":{\"new\":[{}]},\"x\":{\"y\":1}}");
        sockets.session().sendText("{\"type\":\"brand.new\",\"text\":\"" + "x".repeat(10 << 20) + "\"}");
        sockets.connection().sendsBinary(new byte[] {1, 2, 3});
        speak("one");
        pass(1_500);

        assertThat(ends()).containsExactly(end("one"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"server_vad", "none"})
    void wordsThatDoNotCome_areAskedOfAnotherSession_andTheCallGoesOn(String detection) {
        open("OPENAI_STT_TURN_DETECTION", detection);
        script.writesAfter(Duration.ofHours(1));
        say("one");
        pass(3_000);
        assertThat(sockets.sessions()).hasSize(1);
        script.writesAfter(Duration.ofMillis(100));
        pass(4_000);
        say("two");
        pass(1_500);

        assertThat(sockets.sessions()).hasSize(2);
        assertThat(ends()).containsExactly(end("one"), end("two"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"server_vad", "none"})
    void serviceThatWritesNothing_isATimeOut(String detection) {
        open("OPENAI_STT_TURN_DETECTION", detection);
        script.writesAfter(Duration.ofHours(1));
        say("one");
        pass(15_000);

        assertThat(failure().kind()).isEqualTo(Kind.TIMEOUT);
        assertThat(sockets.sessions()).hasSize(2);
        assertThat(ends()).isEmpty();
    }

    @Test
    void serviceThatSaysNothingAtAll_isATimeOut() {
        open("OPENAI_STT_TURN_DETECTION", "none");
        script.on("input_audio_buffer.commit", (service, event) -> true);
        say("one");
        pass(15_000);

        assertThat(failure().kind()).isEqualTo(Kind.TIMEOUT);
        assertThat(sockets.sessions()).hasSize(2);
    }

    @Test
    void wordsThatComeSlowly_areWaitedFor() {
        open();
        script.writesAfter(Duration.ofHours(1));
        speak("one");
        pass(700);
        FakeRealtimeSession service = sockets.session();
        for (int i = 0; i < 4; i++) {
            pass(4_000);
            service.send(service.event("conversation.item.input_audio_transcription.delta")
                    .put("item_id", lastItem())
                    .put("content_index", 0)
                    .put("delta", "o"));
        }
        service.send(completed(service, lastItem(), "one"));
        pass(100);

        assertThat(sockets.sessions()).hasSize(1);
        assertThat(ends()).containsExactly(end("one"));
    }

    @Test
    void wordsOfOneTurnThatDoNotCome_doNotHoldUpThoseOfTheNext() {
        open();
        script.writesAfter(Duration.ofHours(1));
        speak("one");
        pass(1_000);
        script.writesAfter(Duration.ofMillis(100));
        speak("two");
        pass(6_000);
        speak("three");
        pass(1_500);

        assertThat(sockets.sessions()).hasSize(1);
        assertThat(ends()).containsExactly(end(""), end("two"), end("three"));
    }

    /** Ends the turn as well, if the service does not. */
    private void say(String words) {
        speak(words);
        if (!engine.detectsTurns()) {
            session.finish();
        }
    }

    @Test
    void sessionThatExpires_isReplaced_andTheTurnIsHeardFromItsBeginning() {
        open();
        speak("one");
        sockets.session().sendError("session_expired", "Your session hit the maximum duration.", "", Json.object());
        sockets.session().close(1001, "");
        speak("two");
        pass(1_500);

        assertThat(ends()).containsExactly(end("one two"));
        assertThat(sockets.sessions()).hasSize(2);
    }

    @ParameterizedTest
    @CsvSource({"insufficient_quota, UNAUTHORIZED", "invalid_api_key, UNAUTHORIZED", "model_not_found, CONFIGURATION"})
    void lastingError_endsTheSession_once(String code, Kind kind) {
        open();
        speak("one");
        sockets.session().sendError(code, "It is over.", "", Json.object());
        sockets.session().close(4000, "");
        pass(3_000);

        assertThat(failure().kind()).isEqualTo(kind);
        assertThat(failure()).hasMessageContaining("It is over.");
        assertThat(sockets.sessions()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 7, 161, 959, 8_001})
    void audioInPiecesOfAnySize_isHeard(int bytes) {
        open();
        byte[] speech = AudioConverter.convertWhole(script.tones().speak(8_000, "one two"), AudioFormat.ULAW_8K)
                .data();
        for (int from = 0; from < speech.length; from += bytes) {
            int to = Math.min(speech.length, from + bytes);
            session.sendAudio(AudioFrame.of(AudioFormat.ULAW_8K, Arrays.copyOfRange(speech, from, to)));
            session.sendAudio(AudioFrame.of(AudioFormat.ULAW_8K, new byte[0]));
        }
        pass(1_500);

        assertThat(ends()).containsExactly(end("one two"));
    }

    private ProviderException failure() {
        List<SttEvent.Failed> failures = events.stream()
                .filter(SttEvent.Failed.class::isInstance)
                .map(SttEvent.Failed.class::cast)
                .toList();
        assertThat(failures).hasSize(1);
        return failures.get(0).error();
    }

    /** The id of the item that was made of the last turn. */
    private String lastItem() {
        return sockets.serverMessages().stream()
                .map(Json::parse)
                .flatMap(message -> message.stream())
                .filter(message -> message.path("type").asText().equals("input_audio_buffer.committed"))
                .reduce((one, other) -> other)
                .orElseThrow()
                .path("item_id")
                .asText();
    }

    private static ObjectNode completed(FakeRealtimeSession service, String item, String words) {
        return service.event("conversation.item.input_audio_transcription.completed")
                .put("item_id", item)
                .put("content_index", 0)
                .put("transcript", words);
    }
}
