package io.patchcord.provider.openai;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchcord.agent.CallEvent;
import io.patchcord.agent.spi.S2sEvent;
import io.patchcord.agent.testing.ScriptedVad;
import io.patchcord.agent.turn.BargeInPolicy;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** {@code turn_detection: null}: a detector of our own finds the ends of turns. */
class RealtimeOwnTurnsTest {

    private final RealtimeCall call = new RealtimeCall();

    @BeforeEach
    void setUp() {
        call.with("OPENAI_REALTIME_TURN_DETECTION", "none").detector(new ScriptedVad());
    }

    @AfterEach
    void nothingIsLeft() {
        call.end();
    }

    @Test
    void turn_isCommitted_andAnswered() {
        call.start();
        call.pass(1_500);
        call.speak("hours please");
        call.pass(3_000);

        assertThat(call.service().config().at("/audio/input/turn_detection").isNull())
                .isTrue();
        assertThat(call.heard()).isEqualTo("Hello caller You said hours please");
        assertThat(call.sent("input_audio_buffer.commit")).hasSize(1);
        assertThat(call.sent("response.create")).hasSize(2);
        assertThat(call.callEvents(CallEvent.CallerSaid.class))
                .containsExactly(new CallEvent.CallerSaid("hours please"));
        Duration total =
                call.callEvents(CallEvent.Answered.class).get(0).latency().total();
        assertThat(total).isBetween(Duration.ofMillis(600), Duration.ofMillis(750));
    }

    @Test
    void shortPauseInATurn_isToldAndNotItsEnd() {
        call.start();
        call.pass(1_500);
        call.speak("hours");
        call.pass(300);
        call.speak("please");
        call.pass(3_000);

        assertThat(call.events(S2sEvent.SpeechStopped.class)).hasSize(2);
        assertThat(call.sent("input_audio_buffer.commit")).hasSize(1);
        assertThat(call.heard()).endsWith("You said hours please");
    }

    @Test
    void silenceBeforeATurn_isNotCommittedWithIt() {
        int[] length = new int[1];
        call.script().hears(audio -> {
            length[0] = (int) audio.duration().toMillis();
            return call.script().tones().hear(audio);
        });
        call.start();
        call.pass(20_000);
        call.speak("hours please");
        call.pass(3_000);

        // 300 ms before it, 400 ms of speech, 500 ms after it.
        assertThat(length[0]).isBetween(1_000, 1_350);
    }

    @Test
    void turnThatEndsWhileAnAnswerIsAskedFor_isAnsweredAfterIt() {
        call.start();
        call.pass(1_500);
        call.script().on("response.create", (service, event) -> {
            call.script().asUsual("response.create");
            call.loop().schedule(Duration.ofSeconds(2), () -> service.receive(event.toString()));
            return true;
        });
        call.press("42#");
        call.speak("hours please");
        call.pass(5_000);

        assertThat(call.service().responses()).isEqualTo(3);
        assertThat(call.heard()).endsWith("You said hours please");
    }

    @Test
    void callerInterrupts_andIsAnswered() {
        call.profile().greeting("one two three four five six seven eight");
        call.start();
        call.pass(800);
        call.speak("stop that");
        call.pass(3_000);

        assertThat(call.sent("conversation.item.truncate")).hasSize(1);
        assertThat(call.heard()).endsWith("You said stop that").doesNotContain("seven");
    }

    @Test
    void shortNoise_doesNotStopTheAgent() {
        call.profile()
                .greeting("one two three four five six seven eight")
                .bargeIn(new BargeInPolicy(true, Duration.ofMillis(400)));
        call.start();
        call.pass(800);
        call.speak("mhm");
        call.pass(6_000);

        assertThat(call.heard()).startsWith("one two three four five six seven eight");
    }

    @Test
    void lostInATurn_theNextSessionHearsAllOfIt() {
        call.start();
        call.pass(1_500);
        call.speak("my name");
        call.service().cut();
        call.speak("is Miller");
        call.pass(3_000);

        assertThat(call.sockets().sessions()).hasSize(2);
        assertThat(call.heard()).endsWith("You said my name is Miller");
    }

    @Test
    void lostWhileATurnIsCommitted_itIsCommittedAgain() {
        call.start();
        call.pass(1_500);
        call.script().on("input_audio_buffer.commit", (service, event) -> {
            service.cut();
            call.script().asUsual("input_audio_buffer.commit");
            return true;
        });
        call.speak("my name");
        call.pass(3_000);

        assertThat(call.sockets().sessions()).hasSize(2);
        assertThat(call.heard()).endsWith("You said my name");
        assertThat(call.service().responses()).isEqualTo(1);
    }
}
