package io.patchcord.agent.turn;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchcord.agent.testing.ManualCallLoop;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class TurnTrackerTest {

    private final ManualCallLoop loop = new ManualCallLoop();
    private final List<String> voice = new ArrayList<>();
    private final TurnTracker turns = new TurnTracker(loop, BargeInPolicy.DEFAULT, new TurnTracker.Voice() {
        @Override
        public void yieldToCaller() {
            voice.add("yield");
        }

        @Override
        public void hold() {
            voice.add("hold");
        }

        @Override
        public void release() {
            voice.add("release");
        }
    });

    @Test
    void questionAndAnswer_goRound() {
        turns.speechStarted();
        assertThat(turns.state()).isEqualTo("CallerSpeaking");
        turns.speechStopped();
        turns.turnEnded();
        assertThat(turns.state()).isEqualTo("Thinking");
        turns.agentStarted();
        assertThat(turns.state()).isEqualTo("AgentSpeaking");
        turns.agentFinished();
        assertThat(turns.state()).isEqualTo("Listening");
        assertThat(voice).isEmpty();
    }

    @Test
    void callerSpeaksOnOverTheAgent_agentYieldsAfterThePolicysTime() {
        turns.agentStarted();
        turns.speechStarted();
        loop.advance(Duration.ofMillis(149));
        assertThat(voice).isEmpty();

        loop.advance(Duration.ofMillis(1));

        assertThat(voice).containsExactly("yield");
        assertThat(turns.state()).isEqualTo("CallerSpeaking");
    }

    @Test
    void callerCoughs_agentGoesOn() {
        turns.agentStarted();
        turns.speechStarted();
        loop.advance(Duration.ofMillis(100));
        turns.speechStopped();
        loop.advance(Duration.ofSeconds(5));

        assertThat(voice).isEmpty();
        assertThat(turns.state()).isEqualTo("AgentSpeaking");
    }

    @Test
    void bargeInIsForbidden_agentFinishes() {
        turns.policy(BargeInPolicy.NEVER);
        turns.agentStarted();
        turns.speechStarted();
        loop.advance(Duration.ofSeconds(2));
        turns.turnEnded();

        assertThat(voice).isEmpty();
        assertThat(turns.state()).isEqualTo("AgentSpeaking");
    }

    @Test
    void policyIsWithdrawnDuringOverlap_agentFinishes() {
        turns.agentStarted();
        turns.speechStarted();
        turns.policy(BargeInPolicy.NEVER);
        loop.advance(Duration.ofSeconds(2));

        assertThat(voice).isEmpty();
    }

    @Test
    void shortWordEndsTheTurnAtOnce_agentYields() {
        turns.agentStarted();
        turns.speechStarted();
        turns.turnEnded();

        assertThat(voice).containsExactly("yield");
        assertThat(turns.state()).isEqualTo("Thinking");
    }

    @Test
    void callerGoesOnBeforeTheAnswerIsHeard_answerIsVoid() {
        turns.speechStarted();
        turns.turnEnded();
        turns.speechStarted();
        assertThat(voice).containsExactly("hold");

        loop.advance(Duration.ofMillis(150));

        assertThat(voice).containsExactly("hold", "yield", "release");
        assertThat(turns.state()).isEqualTo("CallerSpeaking");
    }

    @Test
    void callerBreathesBeforeTheAnswerIsHeard_answerIsKept() {
        turns.speechStarted();
        turns.turnEnded();
        turns.speechStarted();
        turns.speechStopped();
        loop.advance(Duration.ofSeconds(1));

        assertThat(voice).containsExactly("hold", "release");
        assertThat(turns.state()).isEqualTo("Thinking");
    }

    @Test
    void closed_decidesNothingMore() {
        turns.agentStarted();
        turns.speechStarted();
        turns.close();
        loop.advance(Duration.ofSeconds(1));

        assertThat(voice).isEmpty();
    }
}
