package io.patchcord.agent.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.patchcord.agent.loop.CallLoop;
import io.patchcord.agent.media.AudioFormat;
import io.patchcord.agent.media.AudioFrame;
import io.patchcord.agent.pipeline.standby.Breaker;
import io.patchcord.agent.pipeline.standby.Standbys;
import io.patchcord.agent.spi.ProviderException;
import io.patchcord.agent.spi.ProviderException.Kind;
import io.patchcord.agent.spi.S2sEvent;
import io.patchcord.agent.spi.StreamingSttEngine;
import io.patchcord.agent.spi.SttEngine;
import io.patchcord.agent.spi.SttListener;
import io.patchcord.agent.spi.SttSession;
import io.patchcord.agent.testing.ScriptedStreamingStt;
import io.patchcord.agent.testing.ScriptedStt;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Recognisers of every kind that stand in for each other, in a cascade. */
class ListeningFallbackTest {

    private final Call call = new Call();
    private final ScriptedStt segments = new ScriptedStt(call.loop, call.tones);
    private final ScriptedStt otherSegments = new ScriptedStt(call.loop, call.tones);
    private final ScriptedStreamingStt turns = new ScriptedStreamingStt(call.tones, true);
    private final ScriptedStreamingStt stream = new ScriptedStreamingStt(call.tones, false);
    private final ProviderException down = new ProviderException(Kind.UNAVAILABLE, "down");

    @AfterEach
    void eventsAreInOrder() {
        call.checkOrder();
    }

    @Test
    void firstWorks_secondHearsNothing() {
        open(segments, otherSegments);

        call.speak("Your hours?");
        call.silence(3_000);

        assertAnsweredOnce();
        assertThat(otherSegments.segments()).isEmpty();
    }

    @Test
    void segmentThatFails_isRecognisedByTheNext_andNothingIsSaidOfIt() {
        segments.failNext(down).failNext(down);
        open(segments, otherSegments);

        call.speak("Your hours?");
        call.silence(3_000);

        assertAnsweredOnce();
        assertThat(segments.segments()).hasSize(1);
    }

    @Test
    void partOfLongSpeechThatFails_isRecognisedByTheNextWithAllTheRest() {
        segments.failNext(down);
        open(segments, otherSegments);
        String question = "your hours? ".repeat(40).strip();

        call.speak(question);
        call.silence(8_000);

        assertThat(call.transcripts()).containsExactly(question);
    }

    @Test
    void segmentThatIsNeverRecognised_isByTheNext() {
        segments.hangNext();
        open(segments, otherSegments);

        call.speak("Your hours?");
        call.silence(6_000);

        assertAnsweredOnce();
    }

    @Test
    void streamThatBreaksInTheMiddleOfTheTurn_isFollowedByAnother_thatHearsAllOfIt() {
        open(turns, segments);

        call.speak("Your");
        turns.fail(down);
        call.speak("hours?");
        call.silence(4_000);

        assertAnsweredOnce();
        assertThat(turns.opened()).isEqualTo(1);
    }

    @Test
    void streamThatBreaksInTheMiddle_isFollowedByAStreamWithoutTurns() {
        open(turns, stream);

        call.speak("Your");
        turns.fail(down);
        call.speak("hours?");
        call.silence(4_000);

        assertAnsweredOnce();
    }

    @Test
    void streamWithoutTurnsThatBreaks_isFollowedBySegments() {
        open(stream, segments);

        call.speak("Your");
        stream.fail(down);
        call.speak("hours?");
        call.silence(4_000);

        assertAnsweredOnce();
    }

    @Test
    void streamThatRefuses_isFollowedByAnother() {
        open(new Refusing(), turns);

        call.speak("Your hours?");
        call.silence(3_000);

        assertAnsweredOnce();
    }

    @Test
    void recogniserThatAsksForTime_getsIt() {
        segments.failNext(new ProviderException(Kind.RATE_LIMITED, "slower", null, Duration.ofSeconds(30)));
        open(segments, otherSegments);
        for (int i = 0; i < 2; i++) {
            call.speak("Your hours?");
            call.silence(8_000);
        }
        assertThat(segments.segments()).hasSize(1);
        assertThat(otherSegments.segments()).hasSize(2);
        assertThat(call.heard()).containsExactly("We open at nine.", "We open at nine.");
    }

    @Test
    void allRefuse_isARefusal() {
        assertThatThrownBy(() -> open(new Refusing(), new Refusing())).hasMessage("too many");
    }

    @Test
    void allFail_callerIsToldSo_andTheNextQuestionIsAnswered() {
        segments.failNext(down);
        otherSegments.failNext(down);
        open(segments, otherSegments);

        call.speak("Your hours?");
        call.silence(4_000);
        assertThat(call.heard()).hasSize(1);
        call.speak("Your hours?");
        call.silence(4_000);

        assertThat(call.heard()).hasSize(2).last().isEqualTo("We open at nine.");
    }

    @Test
    void allStreamsBreakInATurn_callerIsToldSo_andTheNextQuestionIsAnswered() {
        open(turns, stream);

        call.speak("Your");
        turns.fail(down);
        call.speak("hours");
        stream.fail(down);
        call.silence(6_000);
        assertThat(call.heard()).hasSize(1);
        call.speak("Your hours?");
        call.silence(4_000);

        assertThat(call.heard()).hasSize(2).last().isEqualTo("We open at nine.");
        assertThat(turns.opened()).isEqualTo(2);
    }

    @Test
    void allStreamsBreakAgain_theSessionGivesUp() {
        open(turns, stream);
        turns.fail(down);
        call.silence(100);
        stream.fail(down);
        call.silence(6_000);

        assertThat(call.events).last().isInstanceOf(S2sEvent.Failed.class);
    }

    @Test
    void hangingStream_isNoticedWhenClearSpeechHasNoWords() {
        open(new Deaf(), segments);

        call.speak("Tell me please what are your hours?");
        call.silence(6_000);

        assertThat(call.heard()).containsExactly("We open at nine.");
        assertThat(call.transcripts()).containsExactly("Tell me please what are your hours?");
    }

    @Test
    void turnsBeforeAFailure_areNotHeardAgain() {
        open(turns, segments);
        call.llm.when("where", "Here.");
        call.speak("Your hours?");
        call.silence(3_000);

        call.speak("Where");
        turns.fail(down);
        call.speak("please?");
        call.silence(3_000);

        assertThat(call.transcripts()).containsExactly("Your hours?", "Where please?");
        assertThat(call.heard()).containsExactly("We open at nine.", "Here.");
    }

    @Test
    void detectorIsSlowerThanWhatIsHeardAgain_itIsWaitedFor() {
        call.vad = Optional.of(new LateVad(Duration.ZERO, LateVad.WINDOW.dividedBy(10)));
        open(turns, segments);
        String question = "your hours? ".repeat(30).strip();

        call.speak(question);
        turns.fail(down);
        call.silence(8_000);

        assertThat(call.transcripts()).containsExactly(question);
        assertThat(call.heard()).containsExactly("We open at nine.");
    }

    private void open(SttEngine... recognisers) {
        call.llm.when("hours", "We open at nine.");
        call.standbys = new Standbys<>(
                List.of(recognisers),
                new Breaker.Rests(Duration.ofSeconds(2), Duration.ofMinutes(1)),
                call.loop::nanoTime);
        call.settings = CascadeSettings.builder()
                .recognisesAgain(false)
                .deadlines(CascadeSettings.Deadlines.USUAL.withTranscript(Duration.ofSeconds(2)))
                .build();
        call.open();
    }

    private void assertAnsweredOnce() {
        assertThat(call.heard()).containsExactly("We open at nine.");
        assertThat(call.transcripts()).containsExactly("Your hours?");
        assertThat(call.all(S2sEvent.TurnEnded.class)).hasSize(1);
    }

    /** A recogniser that refuses every call. */
    private static final class Refusing implements StreamingSttEngine {

        @Override
        public String description() {
            return "refusing";
        }

        @Override
        public AudioFormat inputFormat() {
            return AudioFormat.SLIN_8K;
        }

        @Override
        public boolean detectsTurns() {
            return true;
        }

        @Override
        public SttSession open(CallLoop loop, String language, SttListener listener) {
            throw new ProviderException(Kind.RATE_LIMITED, "too many");
        }

        @Override
        public void close() {}
    }

    /** A recogniser that takes audio and says nothing. */
    private static final class Deaf implements StreamingSttEngine {

        @Override
        public String description() {
            return "deaf";
        }

        @Override
        public AudioFormat inputFormat() {
            return AudioFormat.SLIN_8K;
        }

        @Override
        public boolean detectsTurns() {
            return true;
        }

        @Override
        public SttSession open(CallLoop loop, String language, SttListener listener) {
            return new SttSession() {
                @Override
                public void sendAudio(AudioFrame frame) {}

                @Override
                public void finish() {}

                @Override
                public void close() {}
            };
        }

        @Override
        public void close() {}
    }
}
