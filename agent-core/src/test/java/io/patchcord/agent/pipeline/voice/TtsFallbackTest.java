package io.patchcord.agent.pipeline.voice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.patchcord.agent.contract.Pieces;
import io.patchcord.agent.loop.CallLoop;
import io.patchcord.agent.media.AudioConverter;
import io.patchcord.agent.media.AudioFormat;
import io.patchcord.agent.media.AudioFrame;
import io.patchcord.agent.pipeline.standby.Breaker;
import io.patchcord.agent.spi.ProviderException;
import io.patchcord.agent.spi.ProviderException.Kind;
import io.patchcord.agent.spi.TtsEngine;
import io.patchcord.agent.spi.TtsListener;
import io.patchcord.agent.spi.TtsSession;
import io.patchcord.agent.testing.ManualCallLoop;
import io.patchcord.agent.testing.ScriptedTts;
import io.patchcord.agent.testing.ToneSpeech;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class TtsFallbackTest {

    private static final Duration STALL = Duration.ofSeconds(2);

    private final ManualCallLoop loop = new ManualCallLoop();
    private final ToneSpeech tones = new ToneSpeech();
    private final ScriptedTts first = new ScriptedTts(tones);
    private final ScriptedTts second = new ScriptedTts(tones);
    private final List<AudioFrame> audio = new ArrayList<>();
    private final List<String> ended = new ArrayList<>();
    private final ProviderException down = new ProviderException(Kind.UNAVAILABLE, "down");

    @Test
    void firstWorks_secondIsNotAsked() {
        TtsSession voice = open(first, second);

        voice.speak("c1", "we open at nine");
        loop.advance(Duration.ofSeconds(3));

        assertThat(heard()).isEqualTo("we open at nine");
        assertThat(ended).containsExactly("c1 done");
        assertThat(second.spoken()).isEmpty();
    }

    @Test
    void firstFails_secondSaysTheClause_andThoseAfterIt() {
        first.failNext(down);
        TtsSession voice = open(first, second);

        voice.speak("c1", "we open at nine");
        voice.speak("c2", "we close at five");
        loop.advance(Duration.ofSeconds(3));

        assertThat(heard()).isEqualTo("we open at nine we close at five");
        assertThat(ended).containsExactly("c1 done", "c2 done");
        assertThat(second.spoken()).containsExactly("we open at nine", "we close at five");
    }

    @Test
    void firstStalls_secondSaysIt() {
        first.hangNext();
        TtsSession voice = open(first, second);

        voice.speak("c1", "we open at nine");
        loop.advance(STALL.minusMillis(100));
        assertThat(audio).isEmpty();
        loop.advance(Duration.ofSeconds(2));

        assertThat(heard()).isEqualTo("we open at nine");
    }

    @Test
    void firstRefuses_secondIsOpened() {
        TtsSession voice = open(new Refusing(), second);

        voice.speak("c1", "we open at nine");
        loop.advance(Duration.ofSeconds(3));

        assertThat(heard()).isEqualTo("we open at nine");
    }

    @Test
    void allRefuse_isARefusal() {
        assertThatThrownBy(() -> open(new Refusing(), new Refusing())).isInstanceOf(ProviderException.class);
    }

    @Test
    void allFail_theClauseFails_andTheNextAnswerIsTried() {
        first.failNext(down);
        second.failNext(down);
        TtsSession voice = open(first, second);

        voice.speak("c1", "we open at nine");
        loop.advance(Duration.ofSeconds(3));
        assertThat(ended).containsExactly("c1 failed");
        voice.speak("c2", "we close at five");
        loop.advance(Duration.ofSeconds(3));

        assertThat(heard()).isEqualTo("we close at five");
    }

    @Test
    void allWereGone_theOneThatIsBackSaysAllClauses() {
        BrittleVoice one = new BrittleVoice(first.failNext(down));
        BrittleVoice two = new BrittleVoice(second.failNext(down));
        TtsSession voice = open(one, two);
        voice.speak("c1", "we open at nine");
        loop.advance(Duration.ofMillis(100));
        one.refuse(true);
        two.refuse(true);
        loop.advance(Duration.ofMillis(300));
        assertThat(ended).containsExactly("c1 failed");

        two.refuse(false);
        voice.speak("c2", "we open");
        voice.speak("c3", "at nine");
        loop.advance(Duration.ofSeconds(3));

        assertThat(ended).containsExactly("c1 failed", "c2 done", "c3 done");
        assertThat(heard()).isEqualTo("we open at nine");
        assertThat(second.spoken()).containsExactly("we open at nine", "we open", "at nine");
    }

    @Test
    void allAreGone_everyClauseFails() {
        BrittleVoice only = new BrittleVoice(first.failNext(down));
        TtsSession voice = open(only);
        voice.speak("c1", "we open");
        voice.speak("c2", "at nine");
        only.refuse(true);
        loop.advance(Duration.ofSeconds(1));
        voice.speak("c3", "we close");
        voice.speak("c4", "at five");
        loop.advance(Duration.ofSeconds(1));

        assertThat(ended).containsExactly("c1 failed", "c2 failed", "c3 failed", "c4 failed");
    }

    @Test
    void preferredVoice_comesBackWithTheNextAnswer_whenItHasRested() {
        first.failNext(down);
        TtsSession voice = open(first, second);
        voice.speak("c1", "one");
        loop.advance(Duration.ofSeconds(1));
        voice.speak("c2", "two");
        loop.advance(Duration.ofSeconds(2));
        voice.speak("c3", "three");
        loop.advance(Duration.ofSeconds(2));

        assertThat(second.spoken()).containsExactly("one", "two");
        assertThat(first.spoken()).containsExactly("one", "three");
        assertThat(heard()).isEqualTo("one two three");
    }

    @Test
    void secondOfThree_isAskedAgain_whenItHasRested() {
        ScriptedTts third = new ScriptedTts(tones);
        first.failNext(down).failNext(down).failNext(down);
        second.failNext(down);
        TtsFallback engine = engine(first, second, third);
        for (String text : List.of("one", "two", "three")) {
            say(engine, text);
            loop.advance(Duration.ofSeconds(10));
        }

        assertThat(first.spoken()).containsExactly("one", "two", "three");
        assertThat(second.spoken()).containsExactly("one", "two", "three");
        assertThat(third.spoken()).containsExactly("one");
        assertThat(heard()).isEqualTo("one two three");
    }

    @Test
    void voiceThatSpeaksFromMemoryOnly_isNotTakenForSound() {
        TtsFallback engine = engine(new CachingTtsEngine(first), second);
        say(engine, "hello");
        for (int i = 0; i < 20; i++) {
            first.failNext(down);
        }
        for (int i = 0; i < 20; i++) {
            TtsSession voice = engine.open(loop, Optional.empty(), new Listener());
            voice.speak("greeting", "hello");
            loop.advance(Duration.ofSeconds(1));
            voice.speak("answer", "we open at nine");
            loop.advance(Duration.ofSeconds(4));
            voice.close();
        }

        assertThat(ended).doesNotContain("greeting failed", "answer failed");
        // It rests for 2, 4, 8, 16, 32 and 60 s within the 100 s.
        assertThat(first.spoken()).hasSizeBetween(1 + 5, 1 + 7);
    }

    @Test
    void voiceThatAskedForTime_getsIt_inEveryCall() {
        first.failNext(new ProviderException(Kind.RATE_LIMITED, "slower", null, Duration.ofSeconds(30)));
        TtsFallback engine = engine(first, second);
        say(engine, "one");
        loop.advance(Duration.ofSeconds(20));
        say(engine, "two");
        assertThat(first.spoken()).containsExactly("one");
        loop.advance(Duration.ofSeconds(10));
        say(engine, "three");

        assertThat(first.spoken()).containsExactly("one", "three");
        assertThat(heard()).isEqualTo("one two three");
    }

    @Test
    void firstStallsInTheMiddleOfAClause_secondSaysTheRest() {
        BrittleVoice brittle = new BrittleVoice(first);
        TtsSession voice = open(brittle, second);
        voice.speak("c1", "aaaa bbbb cccc dddd");
        loop.advance(Duration.ofSeconds(3));
        voice.speak("c2", "eeee ffff gggg hhhh");
        loop.advance(Duration.ofMillis(80 + 40));
        brittle.stall();
        loop.advance(STALL.plusSeconds(2));

        List<String> words = List.of(heard().split(" ", -1));
        assertThat(words).startsWith("aaaa", "bbbb", "cccc", "dddd", "eeee").endsWith("hhhh");
        assertThat(words).doesNotHaveDuplicates();
        assertThat(second.spoken()).hasSize(1).first().asString().isNotEqualTo("eeee ffff gggg hhhh");
        assertThat(ended).containsExactly("c1 done", "c2 done");
    }

    @Test
    void otherFormat_isBroughtIntoThatOfThePreferredVoice() {
        TtsEngine wide = new Wide(second);
        first.failNext(down);
        TtsSession voice = open(first, wide);

        voice.speak("c1", "we open at nine");
        loop.advance(Duration.ofSeconds(3));

        assertThat(audio).allSatisfy(frame -> assertThat(frame.format()).isEqualTo(AudioFormat.SLIN_8K));
        assertThat(heard()).isEqualTo("we open at nine");
    }

    @Test
    void cancel_isNotHeardOf_whateverHappens() {
        first.failNext(down);
        TtsSession voice = open(first, second);
        voice.speak("c1", "we open at nine");

        voice.cancel();
        loop.advance(Duration.ofSeconds(10));

        assertThat(ended).isEmpty();
        assertThat(audio).isEmpty();
    }

    static LongStream seeds() {
        return LongStream.rangeClosed(1, 50);
    }

    /** Words of equal length, so that where a clause broke off can be known to the word. */
    @ParameterizedTest
    @MethodSource("seeds")
    void voiceThatBreaksOffSomewhere_isGoneOnWith_andNoWordIsSaidTwice(long seed) {
        Random random = new Random(seed);
        BrittleVoice brittle = new BrittleVoice(first);
        TtsSession voice = open(brittle, second);
        List<String> clauses = List.of("aaaa bbbb cccc dddd", "eeee ffff gggg hhhh iiii", "jjjj kkkk llll mmmm");
        for (int i = 0; i < clauses.size(); i++) {
            voice.speak("c" + i, clauses.get(i));
        }
        // Somewhere after the first clause, from which the pace of the voice is known.
        loop.advance(Duration.ofMillis(80 + 100 + random.nextInt(150)));
        brittle.breakOff(new ProviderException(Kind.UNAVAILABLE, "reset"));
        loop.advance(Duration.ofSeconds(10));

        // The word in which it broke off is not said again; one that was hardly begun may be missed.
        List<String> expected = List.of(String.join(" ", clauses).split(" ", -1));
        List<String> heard = List.of(heard().split(" ", -1));
        assertThat(expected).as("seed %d", seed).containsSubsequence(heard);
        assertThat(heard).as("seed %d", seed).doesNotHaveDuplicates().hasSizeGreaterThanOrEqualTo(expected.size() - 1);
        assertThat(ended).containsExactly("c0 done", "c1 done", "c2 done");
    }

    private TtsSession open(TtsEngine... voices) {
        return engine(voices).open(loop, Optional.empty(), new Listener());
    }

    private TtsFallback engine(TtsEngine... voices) {
        return new TtsFallback(
                List.of(voices),
                STALL,
                new Breaker.Rests(Duration.ofSeconds(2), Duration.ofMinutes(1)),
                loop::nanoTime);
    }

    /** In a call of its own. */
    private void say(TtsEngine engine, String text) {
        TtsSession voice = engine.open(loop, Optional.empty(), new Listener());
        voice.speak(text, text);
        loop.advance(Duration.ofSeconds(3));
        voice.close();
    }

    private String heard() {
        return tones.hear(Pieces.join(AudioFormat.SLIN_8K, audio));
    }

    private final class Listener implements TtsListener {

        @Override
        public void onAudio(String clauseId, AudioFrame piece) {
            audio.add(piece);
        }

        @Override
        public void onDone(String clauseId) {
            ended.add(clauseId + " done");
        }

        @Override
        public void onFailed(String clauseId, ProviderException error) {
            ended.add(clauseId + " failed");
        }
    }

    /** A voice that refuses every call. */
    private static final class Refusing implements TtsEngine {

        @Override
        public String description() {
            return "refusing";
        }

        @Override
        public AudioFormat outputFormat() {
            return AudioFormat.SLIN_8K;
        }

        @Override
        public TtsSession open(CallLoop loop, Optional<String> voice, TtsListener listener) {
            throw new ProviderException(Kind.RATE_LIMITED, "too many");
        }

        @Override
        public void close() {}
    }

    /** A voice at another rate. */
    private record Wide(TtsEngine voice) implements TtsEngine {

        @Override
        public String description() {
            return "wide";
        }

        @Override
        public AudioFormat outputFormat() {
            return AudioFormat.SLIN_16K;
        }

        @Override
        public TtsSession open(CallLoop loop, Optional<String> name, TtsListener listener) {
            return voice.open(loop, name, new TtsListener() {
                private final AudioConverter converter = new AudioConverter(AudioFormat.SLIN_16K);

                @Override
                public void onAudio(String clauseId, AudioFrame audio) {
                    listener.onAudio(clauseId, converter.convert(audio));
                }

                @Override
                public void onDone(String clauseId) {
                    listener.onDone(clauseId);
                }

                @Override
                public void onFailed(String clauseId, ProviderException error) {
                    listener.onFailed(clauseId, error);
                }
            });
        }

        @Override
        public void close() {}
    }
}
