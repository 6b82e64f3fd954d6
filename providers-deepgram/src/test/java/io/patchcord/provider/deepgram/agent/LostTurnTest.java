package io.patchcord.provider.deepgram.agent;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/** A connection is lost in the caller's turn, or before its answer: what he said is heard, and answered, once. */
class LostTurnTest extends AgentTest {

    @Test
    void lostBeforeTheAnswer_theCallersWordsAreAskedAgain_andToldOnce() {
        ScriptedService.Line line = ready();
        greeted(line);
        line.says("{'type':'UserStartedSpeaking'}");
        line.callerSaid("What time is it?");
        line.isLost();
        loop.advance(Duration.ofMillis(200));
        ScriptedService.Line next = service.accept();

        assertThat(history(next)).containsExactly("assistant Hello.");
        assertThat(next.sent("InjectUserMessage"))
                .singleElement()
                .satisfies(
                        message -> assertThat(message.path("content").asText()).isEqualTo("What time is it?"));
        next.callerSaid("What time is it?");
        next.agentSays("Noon.");
        assertThat(told())
                .endsWith("TurnEnded", "caller What time is it?", "started deepgram-2", "text deepgram-2 Noon.");
        assertThat(told()).filteredOn("TurnEnded"::equals).hasSize(1);
    }

    @Test
    void lostBeforeTheAnswer_afterANoise_theCallersWordsAreAskedAgain_whenNoOthersCome() {
        ScriptedService.Line line = ready();
        greeted(line);
        line.says("{'type':'UserStartedSpeaking'}");
        line.callerSaid("What time is it?");
        line.says("{'type':'UserStartedSpeaking'}");
        line.isLost();
        loop.advance(Duration.ofMillis(200));
        ScriptedService.Line next = service.accept();
        callerSends(false, Duration.ofMillis(2_900));
        assertThat(next.sent("InjectUserMessage")).isEmpty();

        callerSends(false, Duration.ofMillis(200));

        assertThat(next.sent("InjectUserMessage"))
                .singleElement()
                .satisfies(
                        message -> assertThat(message.path("content").asText()).isEqualTo("What time is it?"));
        next.callerSaid("What time is it?");
        next.agentSays("Noon.");
        assertThat(told()).endsWith("SpeechStopped", "started deepgram-2", "text deepgram-2 Noon.");
        assertThat(told()).filteredOn("TurnEnded"::equals).hasSize(1);
    }

    @Test
    void lostBeforeTheAnswer_whileTheCallerSaysMore_onlyThatIsAnswered() {
        ScriptedService.Line line = ready();
        greeted(line);
        line.callerSaid("What time is it?");
        line.says("{'type':'UserStartedSpeaking'}");
        line.isLost();
        loop.advance(Duration.ofMillis(200));
        ScriptedService.Line next = service.accept();
        callerSends(true, Duration.ofSeconds(5));
        next.callerSaid("In Paris, I mean.");
        callerSends(false, Duration.ofSeconds(8));

        assertThat(next.sent("InjectUserMessage")).isEmpty();
        assertThat(history(next)).last().isEqualTo("user What time is it?");
    }

    @Test
    void lostWhileTheCallerSpeaks_theNewOneHearsTheWholeTurn_aQuarterFasterThanItWasSaid() {
        ScriptedService.Line line = ready();
        greeted(line);
        callerSends(false, Duration.ofSeconds(2));
        callerSends(true, Duration.ofMillis(400));
        line.says("{'type':'UserStartedSpeaking'}");
        callerSends(true, Duration.ofMillis(600));
        line.isLost();
        callerSends(true, Duration.ofMillis(500));
        ScriptedService.Line next = service.accept();
        assertThat(next.sent("InjectUserMessage")).isEmpty();
        assertThat(next.audio()).isEmpty();

        callerSends(false, Duration.ofSeconds(1));
        assertThat(next.audioBytes() / 8).isBetween(1_240, 1_260);
        // All that was said, with the second before it was noticed, has been heard when twice that has passed again.
        callerSends(false, Duration.ofSeconds(10));
        int loud = (int)
                next.audio().stream().filter(frame -> frame[0] != (byte) 0xFF).count();
        assertThat(loud * 20).isEqualTo(1_500);
        int before = next.audio().size();
        callerSends(false, Duration.ofSeconds(1));
        assertThat(next.audio()).hasSize(before + 50);
        assertThat(told()).filteredOn("SpeechStarted"::equals).hasSize(1);
    }

    @Test
    void lostWhileNobodySpeaks_noOldAudioIsSent() {
        ScriptedService.Line line = ready();
        greeted(line);
        callerSends(false, Duration.ofSeconds(2));
        line.isLost();
        callerSends(false, Duration.ofMillis(500));
        ScriptedService.Line next = service.accept();
        callerSends(false, Duration.ofMillis(500));

        assertThat(next.audio()).hasSize(25);
    }

    @Test
    void callerBeginsWhileThereIsNoConnection_isHeardFromTheFirstWord() {
        ScriptedService.Line line = ready();
        greeted(line);
        callerSends(false, Duration.ofSeconds(2));
        line.isLost();
        callerSends(true, Duration.ofMillis(300));
        ScriptedService.Line next = service.accept();
        callerSends(false, Duration.ofSeconds(8));

        assertThat(next.audio().stream()
                        .filter(frame -> frame[0] != (byte) 0xFF)
                        .count())
                .isEqualTo(15);
    }
}
