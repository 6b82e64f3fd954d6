package io.patchcord.provider.openai;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchcord.agent.spi.ProviderException.Kind;
import io.patchcord.agent.spi.SttEvent;
import io.patchcord.provider.socket.SocketEnd;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Realtime transcription in virtual time. */
class RealtimeSttTest extends RealtimeEars {

    @Test
    void sessionOnlyListens() {
        open();

        assertThat(sockets.addresses().get(0).toString())
                .isEqualTo("wss://api.openai.com/v1/realtime?intent=transcription");
        var config = sockets.session().received("session.update").get(0).path("session");
        assertThat(config.path("type").asText()).isEqualTo("transcription");
        assertThat(config.at("/audio/input/transcription").toString())
                .isEqualTo("{\"model\":\"gpt-4o-mini-transcribe\",\"language\":\"en\"}");
        assertThat(config.at("/audio/input/turn_detection/type").asText()).isEqualTo("server_vad");
        assertThat(config.path("audio").has("output")).isFalse();
    }

    @Test
    void serverFindsTheTurns() {
        open();
        speak("one two");
        pass(1_500);
        speak("three");
        pass(1_500);

        assertThat(engine.detectsTurns()).isTrue();
        assertThat(events)
                .containsExactly(
                        new SttEvent.SpeechStarted(),
                        new SttEvent.Interim("one"),
                        end("one two"),
                        new SttEvent.SpeechStarted(),
                        new SttEvent.Interim("three"),
                        end("three"));
    }

    @Test
    void speechThatBeginsBeforeTheWordsOfTheTurnBefore_isToldAfterThem() {
        open();
        script.writesAfter(Duration.ofSeconds(1));
        speak("one two");
        pass(700);
        speak("three four five six seven eight");
        assertThat(events)
                .filteredOn(event -> !(event instanceof SttEvent.Interim))
                .containsExactly(new SttEvent.SpeechStarted(), end("one two"), new SttEvent.SpeechStarted());
        pass(3_000);

        assertThat(ends()).containsExactly(end("one two"), end("three four five six seven eight"));
    }

    @Test
    void turnsThatWeFind_areCommitted_andToldInTheirOrder() {
        open("OPENAI_STT_TURN_DETECTION", "none");
        script.writesAfter(Duration.ofSeconds(2));
        speak("one two");
        session.finish();
        pass(40);
        script.writesAfter(Duration.ofMillis(100));
        speak("three");
        session.finish();
        session.finish();
        pass(500);
        assertThat(ends()).isEmpty();
        pass(2_000);

        assertThat(engine.detectsTurns()).isFalse();
        assertThat(ends()).containsExactly(end("one two"), end("three"), end(""));
        assertThat(sockets.session().received("input_audio_buffer.commit")).hasSize(2);
    }

    @Test
    void finishWithoutAudio_isAnEmptyTurn_later() {
        open("OPENAI_STT_TURN_DETECTION", "none");
        pass(300);
        session.finish();
        loop.advance(Duration.ofSeconds(1));
        int before = ends().size();
        session.finish();
        assertThat(ends()).hasSize(before);
        loop.runPending();

        assertThat(ends()).containsExactly(end(""), end(""));
    }

    @Test
    void commitThatIsRefused_isAnEmptyTurn() {
        open("OPENAI_STT_TURN_DETECTION", "none");
        script.on("input_audio_buffer.commit", (service, event) -> {
            service.sendError("input_audio_buffer_commit_empty", "Nothing there.", "", event);
            return true;
        });
        speak("one");
        session.finish();
        pass(200);

        assertThat(ends()).containsExactly(end(""));
    }

    @Test
    void transcriptThatFails_isAnEmptyTurn() {
        open();
        script.writesAfter(Duration.ofMinutes(5));
        speak("one");
        pass(700);
        String item = sockets.serverMessages().stream()
                .map(message -> Json.parse(message).orElseThrow())
                .filter(message -> message.path("type").asText().equals("input_audio_buffer.committed"))
                .map(message -> message.path("item_id").asText())
                .findFirst()
                .orElseThrow();
        sockets.session()
                .send(sockets.session()
                        .event("conversation.item.input_audio_transcription.failed")
                        .put("item_id", item));
        pass(100);

        assertThat(ends()).containsExactly(end(""));
    }

    @Test
    void lostInATurn_theNextSessionHearsAllOfIt() {
        open();
        speak("one");
        sockets.session().cut();
        speak("two");
        pass(1_500);

        assertThat(sockets.sessions()).hasSize(2);
        assertThat(ends()).containsExactly(end("one two"));
    }

    @Test
    void lostBeforeTheTranscript_theTurnIsWrittenDownByTheNextSession() {
        open();
        script.writesAfter(Duration.ofMinutes(5));
        speak("one two");
        pass(800);
        script.writesAfter(Duration.ofMillis(100));
        sockets.session().cut();
        pass(1_500);

        assertThat(ends()).containsExactly(end("one two"));
    }

    @Test
    void lostBeforeTheTranscripts_ofTurnsThatWeFound_theyAreCommittedAgain() {
        open("OPENAI_STT_TURN_DETECTION", "none");
        script.writesAfter(Duration.ofMinutes(5));
        speak("one");
        session.finish();
        speak("two");
        session.finish();
        speak("three");
        script.writesAfter(Duration.ofMillis(100));
        sockets.session().cut();
        pass(500);
        speak("four");
        session.finish();
        pass(1_000);

        assertThat(ends()).containsExactly(end("one"), end("two"), end("three four"));
    }

    @Test
    void serviceThatIsGone_failsOnce() {
        open();
        sockets.refuseAll(new SocketEnd.Refused(401, Map.of(), "{\"error\":{\"message\":\"Bad key\"}}"));
        sockets.session().cut();
        pass(1_000);

        assertThat(events).hasSize(1);
        assertThat(events.get(0))
                .isInstanceOfSatisfying(
                        SttEvent.Failed.class,
                        failed -> assertThat(failed.error().kind()).isEqualTo(Kind.UNAUTHORIZED));
    }

    @Test
    void sessionIsReplaced_betweenTurns() {
        open();
        speak("one");
        pass(2_000);
        pass(50 * 60_000);
        speak("two");
        pass(1_500);

        assertThat(sockets.sessions()).hasSize(2);
        assertThat(ends()).containsExactly(end("one"), end("two"));
    }

    @Test
    void messagesThatAreNone_disturbNothing() {
        open();
        for (String message :
                List.of("x", "{}", "{\"type\":\"new\"}", "{\"type\":\"error\"}", "{\"type\":\"response.done\"}")) {
            sockets.session().sendText(message);
        }
        speak("one");
        pass(1_500);

        assertThat(ends()).containsExactly(end("one"));
    }
}
