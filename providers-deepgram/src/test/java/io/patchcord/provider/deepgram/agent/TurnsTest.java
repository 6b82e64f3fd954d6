package io.patchcord.provider.deepgram.agent;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchcord.agent.spi.S2sEvent;
import io.patchcord.agent.spi.S2sEvent.Stage;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Turns and responses, made out of messages that have no ids. */
class TurnsTest extends AgentTest {

    @Test
    void turn_isHeardAndAnswered_inSeveralTexts() {
        ScriptedService.Line line = inConversation();
        line.says("{'type':'UserStartedSpeaking'}");
        line.callerSaid("What time is it?");
        line.says("{'type':'History','role':'user','content':'What time is it?'}");
        line.says("{'type':'EndOfThought'}");
        line.agentSays("It is noon.");
        line.says("{'type':'History','role':'assistant','content':'It is noon.'}");
        line.says("{'type':'AgentStartedSpeaking','total_latency':0.9,'tts_latency':0.3,'ttt_latency':0.6}");
        line.speaks(500);
        line.agentSays("Anything else?");
        line.speaks(700);
        line.says("{'type':'AgentAudioDone'}");

        assertThat(told())
                .containsExactly(
                        "Ready",
                        "SpeechStarted",
                        "TurnEnded",
                        "caller What time is it?",
                        "started deepgram-1",
                        "text deepgram-1 It is noon.",
                        "audio deepgram-1 500",
                        "text deepgram-1  Anything else?",
                        "audio deepgram-1 700",
                        "done deepgram-1");
    }

    @Test
    void callerInterrupts_theReplyIsDone_andItsRestIsDropped() {
        ScriptedService.Line line = inConversation();
        line.agentSays("We are open from nine to five.");
        line.speaks(500);
        line.says("{'type':'UserStartedSpeaking'}");
        line.speaks(500);
        line.speaks(500);
        session.interrupt("deepgram-1", Duration.ofMillis(300));
        line.callerSaid("And on Sundays?");
        line.speaks(500);
        line.agentSays("On Sundays we are closed.");
        line.speaks(200);

        assertThat(told())
                .containsExactly(
                        "Ready",
                        "started deepgram-1",
                        "text deepgram-1 We are open from nine to five.",
                        "audio deepgram-1 500",
                        "SpeechStarted",
                        "done deepgram-1",
                        "TurnEnded",
                        "caller And on Sundays?",
                        "started deepgram-2",
                        "text deepgram-2 On Sundays we are closed.",
                        "audio deepgram-2 200");
    }

    @Test
    void audioOfANewReplyMayComeBeforeItsWords() {
        ScriptedService.Line line = inConversation();
        line.says("{'type':'UserStartedSpeaking'}");
        line.callerSaid("Hm?");
        line.says("{'type':'AgentStartedSpeaking','total_latency':0.9,'tts_latency':0.3,'ttt_latency':0.6}");
        line.speaks(200);
        line.agentSays("Yes?");
        line.says("{'type':'AgentAudioDone'}");

        assertThat(told().subList(4, 8))
                .containsExactly(
                        "started deepgram-1", "audio deepgram-1 200", "text deepgram-1 Yes?", "done deepgram-1");
    }

    /** As in the recorded session agent_tags-e55ef69c. */
    @Test
    void lateAudioDone_ofAReplyThatWasCut_endsNoOther() {
        ScriptedService.Line line = inConversation();
        line.agentSays("Hello!");
        line.speaks(200);
        line.callerSaid("Can you confirm?");
        line.says("{'type':'AgentAudioDone'}");
        line.agentSays("Yes, I can.");
        line.speaks(300);
        line.says("{'type':'AgentAudioDone'}");

        assertThat(told())
                .containsExactly(
                        "Ready",
                        "started deepgram-1",
                        "text deepgram-1 Hello!",
                        "audio deepgram-1 200",
                        "SpeechStarted",
                        "done deepgram-1",
                        "TurnEnded",
                        "caller Can you confirm?",
                        "started deepgram-2",
                        "text deepgram-2 Yes, I can.",
                        "audio deepgram-2 300",
                        "done deepgram-2");
    }

    @Test
    void evenLaterAudioDone_betweenTheWordsAndTheAudioOfTheNextReply_endsNoOther() {
        ScriptedService.Line line = inConversation();
        line.agentSays("Hello!");
        line.speaks(200);
        line.callerSaid("Can you confirm?");
        line.agentSays("Yes, I can.");
        line.says("{'type':'AgentAudioDone'}");
        line.speaks(300);
        line.says("{'type':'AgentAudioDone'}");

        assertThat(told()).endsWith("text deepgram-2 Yes, I can.", "audio deepgram-2 300", "done deepgram-2");
    }

    @Test
    void audioDoneTwice_andOutOfNowhere_isNothing() {
        ScriptedService.Line line = inConversation();
        line.says("{'type':'AgentAudioDone'}");
        line.agentSays("Hello!");
        line.speaks(200);
        line.says("{'type':'AgentAudioDone'}");
        line.says("{'type':'AgentAudioDone'}");

        assertThat(told()).endsWith("audio deepgram-1 200", "done deepgram-1").hasSize(5);
    }

    @Test
    void replyWithoutAudio_isDone() {
        ScriptedService.Line line = inConversation();
        line.agentSays("Hello!");
        line.says("{'type':'AgentAudioDone'}");

        assertThat(told()).endsWith("text deepgram-1 Hello!", "done deepgram-1");
    }

    @Test
    void turnThatWasNotAnnounced_interruptsAllTheSame() {
        ScriptedService.Line line = inConversation();
        line.agentSays("We are open from nine to five.");
        line.speaks(500);
        line.says("{'type':'AgentAudioDone'}");
        line.callerSaid("Stop.");

        assertThat(told()).endsWith("done deepgram-1", "SpeechStarted", "TurnEnded", "caller Stop.");
    }

    @Test
    void callerStartsTwice_isToldOnce() {
        ScriptedService.Line line = inConversation();
        line.says("{'type':'UserStartedSpeaking'}");
        line.says("{'type':'UserStartedSpeaking'}");

        assertThat(told()).containsExactly("Ready", "SpeechStarted");
    }

    /** Else the core would take the caller for speaking still, and cut the answer short after the barge-in's time. */
    @Test
    void agentSpeaksAfterANoise_theCallerIsTakenForSilent() {
        ScriptedService.Line line = inConversation();
        line.callerSaid("What time is it?");
        line.says("{'type':'UserStartedSpeaking'}");
        line.agentSays("Noon.");

        assertThat(told()).endsWith("SpeechStarted", "SpeechStopped", "started deepgram-1", "text deepgram-1 Noon.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " "})
    void turnWithoutWords_isNone(String words) {
        ScriptedService.Line line = inConversation();
        line.says("{'type':'UserStartedSpeaking'}");
        line.callerSaid(words);

        assertThat(told()).containsExactly("Ready", "SpeechStarted", "SpeechStopped");
    }

    @Test
    void interruptedFromWithin_isNotHeardOfAgain_evenWhenTheServiceGoesOn() {
        ScriptedService.Line line = inConversation();
        onEvent(event -> {
            if (event instanceof S2sEvent.ResponseAudio audio) {
                session.interrupt(audio.responseId(), Duration.ZERO);
            }
        });
        line.agentSays("We are open from nine to five.");
        line.speaks(100);
        onEvent(event -> {});
        line.says("{'type':'AgentStartedSpeaking','total_latency':0.9,'tts_latency':0.3,'ttt_latency':0.6}");
        line.speaks(100);
        line.agentSays("On Sundays we are closed.");
        line.speaks(100);
        line.says("{'type':'AgentAudioDone'}");
        line.agentSays("Something else.");
        line.speaks(200);

        assertThat(told())
                .containsExactly(
                        "Ready",
                        "started deepgram-1",
                        "text deepgram-1 We are open from nine to five.",
                        "audio deepgram-1 100",
                        "started deepgram-2",
                        "text deepgram-2 Something else.",
                        "audio deepgram-2 200");
    }

    @Test
    void interruptedWhenItBegins_noWordOfItIsTold() {
        ScriptedService.Line line = inConversation();
        onEvent(event -> {
            if (event instanceof S2sEvent.ResponseStarted response) {
                session.interrupt(response.responseId(), Duration.ZERO);
            }
        });
        line.agentSays("We are open.");
        line.speaks(100);

        assertThat(told()).containsExactly("Ready", "started deepgram-1");
    }

    @Test
    void closedFromWithin_isTheEnd() {
        ScriptedService.Line line = inConversation();
        onEvent(event -> {
            if (event instanceof S2sEvent.SpeechStarted) {
                session.close();
            }
        });
        line.callerSaid("Goodbye.");
        line.agentSays("Goodbye.");
        line.speaks(100);
        loop.advance(Duration.ofMinutes(1));

        assertThat(told()).containsExactly("Ready", "SpeechStarted", "Closed");
        assertThat(line.end()).isEqualTo("close 1000");
        assertThat(line.texts()).hasSize(1);
    }

    @Test
    void endOfSpeech_isFoundInTheAudio_andTheStepsToTheAnswerAreMarked() {
        ScriptedService.Line line = inConversation();
        callerSends(true, Duration.ofSeconds(1));
        line.says("{'type':'UserStartedSpeaking'}");
        long lastWord = loop.nanoTime() - PTIME.toNanos();
        callerSends(false, Duration.ofMillis(600));
        line.callerSaid("What time is it?");
        long turn = loop.nanoTime();
        loop.advance(Duration.ofMillis(900));
        line.agentSays("Noon.");
        line.says("{'type':'AgentStartedSpeaking','total_latency':0.9,'tts_latency':0.3,'ttt_latency':0.6}");
        line.speaks(100);
        line.speaks(100);

        assertThat(events).contains(new S2sEvent.TurnEnded(lastWord));
        Map<Stage, List<Long>> marks = events.stream()
                .filter(S2sEvent.LatencyMark.class::isInstance)
                .map(S2sEvent.LatencyMark.class::cast)
                .collect(Collectors.groupingBy(
                        S2sEvent.LatencyMark::stage,
                        Collectors.mapping(S2sEvent.LatencyMark::atNanos, Collectors.toList())));
        assertThat(marks)
                .containsEntry(Stage.ENDPOINT, List.of(turn))
                .containsEntry(Stage.TRANSCRIPT, List.of(turn))
                .containsEntry(Stage.FIRST_TEXT, List.of(turn + 600_000_000L))
                .containsEntry(Stage.FIRST_AUDIO, List.of(turn + 900_000_000L));
    }

    @Test
    void greeting_answersNoTurn_andIsNotMeasured() {
        ScriptedService.Line line = ready();
        line.agentSays("Hello.");
        line.says("{'type':'AgentStartedSpeaking','total_latency':0.9,'tts_latency':0.3,'ttt_latency':0.6}");
        line.speaks(100);

        assertThat(events).noneMatch(S2sEvent.LatencyMark.class::isInstance);
    }
}
