package io.patchcord.provider.deepgram.agent;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchcord.agent.spi.ProviderException.Kind;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The connection lives, and the service does not speak where it should, or does not speak and need not. */
class SilentServiceTest extends AgentTest {

    @Test
    void connectionLives_butNoAnswerComes_isReplacedOnce_thenFails() {
        ScriptedService.Line line = ready();
        greeted(line);
        line.callerSaid("What time is it?");
        loop.advance(Duration.ofSeconds(10));
        assertThat(line.end()).isEqualTo("abort");
        loop.advance(Duration.ofMillis(200));
        ScriptedService.Line next = service.accept();
        assertThat(next.sent("InjectUserMessage")).hasSize(1);

        loop.advance(Duration.ofSeconds(11));
        assertThat(next.end()).isEqualTo("abort");
        assertThat(failure().error().kind()).isEqualTo(Kind.TIMEOUT);
        assertThat(service.connections()).isEqualTo(2);
    }

    @Test
    void greetingDoesNotCome_isNoticed() {
        ready();
        loop.advance(Duration.ofSeconds(16));

        assertThat(service.line(0).end()).isEqualTo("abort");
        assertThat(service.connections()).isEqualTo(2);
    }

    @Test
    void answerBreaksOff_whileTheConnectionLives_isNoticed_butNotWhileItIsBeingHeard() {
        ScriptedService.Line line = ready();
        line.agentSays("This is a long greeting.");
        line.speaks(15_000);
        loop.advance(Duration.ofSeconds(24));
        assertThat(line.end()).isEmpty();

        loop.advance(Duration.ofSeconds(2));
        assertThat(line.end()).isEqualTo("abort");
    }

    @Test
    void silenceAfterAnAnswer_isNoTrouble() {
        ScriptedService.Line line = ready();
        greeted(line);
        loop.advance(Duration.ofMinutes(10));
        line.agentSays("Are you there?");
        line.speaks(500);
        line.says("{'type':'UserStartedSpeaking'}");
        loop.advance(Duration.ofMinutes(10));

        assertThat(line.end()).isEmpty();
    }

    @Test
    void callerWhoSpeaksOn_isLetFinish() {
        ScriptedService.Line line = ready();
        greeted(line);
        line.callerSaid("Well,");
        line.says("{'type':'UserStartedSpeaking'}");
        callerSends(true, Duration.ofSeconds(25));

        assertThat(line.end()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void lineIsNoisy_serviceThatHasGoneSilentIsNoticedAllTheSame(boolean loud) {
        ScriptedService.Line line = ready();
        greeted(line);
        line.callerSaid("What time is it?");
        long asked = loop.nanoTime();
        for (int i = 0; i < 10 && line.end().isEmpty(); i++) {
            line.says("{'type':'UserStartedSpeaking'}");
            callerSends(loud, Duration.ofSeconds(4));
            line.callerSaid("");
        }

        assertThat(line.end()).isEqualTo("abort");
        assertThat(loop.nanoTime() - asked)
                .isLessThanOrEqualTo(Duration.ofSeconds(32).toNanos());
        loop.advance(Duration.ofSeconds(1));
        assertThat(service.connections()).isEqualTo(2);
    }

    @Test
    void modelThatThinksForLong_isWaitedForAsLongAsItSaysSo() {
        ScriptedService.Line line = ready();
        greeted(line);
        line.callerSaid("Hm?");
        for (int i = 0; i < 5; i++) {
            loop.advance(Duration.ofSeconds(8));
            line.says("{'type':'AgentThinking','content':'...'}");
        }

        assertThat(line.end()).isEmpty();
    }
}
