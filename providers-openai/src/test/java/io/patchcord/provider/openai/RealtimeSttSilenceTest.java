package io.patchcord.provider.openai;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchcord.agent.spi.ProviderException.Kind;
import io.patchcord.provider.openai.testing.FakeRealtimeSession;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Realtime transcription whose words do not come, or come slowly. */
class RealtimeSttSilenceTest extends RealtimeEars {

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
}
