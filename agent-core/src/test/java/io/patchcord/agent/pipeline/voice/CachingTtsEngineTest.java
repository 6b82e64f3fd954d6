package io.patchcord.agent.pipeline.voice;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchcord.agent.media.AudioFormat;
import io.patchcord.agent.media.AudioFrame;
import io.patchcord.agent.pipeline.text.ClauseChunker;
import io.patchcord.agent.pipeline.text.TextForSpeech;
import io.patchcord.agent.spi.ProviderException;
import io.patchcord.agent.spi.TtsListener;
import io.patchcord.agent.spi.TtsSession;
import io.patchcord.agent.testing.ManualCallLoop;
import io.patchcord.agent.testing.ScriptedTts;
import io.patchcord.agent.testing.ToneSpeech;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class CachingTtsEngineTest {

    private final ManualCallLoop loop = new ManualCallLoop();
    private final ToneSpeech tones = new ToneSpeech();
    private final ScriptedTts voice = new ScriptedTts(tones);
    private final Log log = new Log();

    @Test
    void clauseSpokenBefore_comesAtOnceTheSecondTime() {
        TtsSession session = open(new CachingTtsEngine(voice));
        session.speak("a", "One moment please.");
        assertThat(log.all).isEmpty();
        loop.advance(Duration.ofSeconds(5));
        AudioFrame first = log.audio("a");

        session.speak("b", "One moment please.");
        assertThat(log.audio("b").samples()).isZero();
        loop.runPending();

        assertThat(log.audio("b").data()).isEqualTo(first.data());
        assertThat(log.done).containsExactly("a", "b");
        assertThat(voice.spoken()).hasSize(1);
    }

    @Test
    void preparedSentences_areSpokenFromMemory_cutAsAtRunTime() throws Exception {
        CachingTtsEngine engine = new CachingTtsEngine(voice);
        int ready = engine.prepare(
                        List.of("We open at nine. We close at 5 p.m.", "We open at nine."),
                        PromptSettings.of(Optional.empty(), "en"))
                .get(30, TimeUnit.SECONDS);
        int rendered = voice.spoken().size();
        assertThat(ready).isEqualTo(2);

        TtsSession session = open(engine);
        ClauseChunker chunker = new ClauseChunker(ClauseChunker.Settings.DEFAULT);
        List<String> clauses = new ArrayList<>(chunker.add("We open at nine. We close at 5 p.m."));
        clauses.addAll(chunker.finish());
        for (int i = 0; i < clauses.size(); i++) {
            session.speak("c" + i, TextForSpeech.spoken(clauses.get(i), "en"));
        }
        loop.runPending();

        assertThat(log.done).containsExactly("c0", "c1");
        assertThat(voice.spoken()).hasSize(rendered);
    }

    @Test
    void rememberedAndFreshClauses_comeInTheirOrder() {
        TtsSession session = open(new CachingTtsEngine(voice));
        session.speak("warm", "known words");
        loop.advance(Duration.ofSeconds(5));
        log.all.clear();

        session.speak("1", "known words");
        session.speak("2", "fresh words");
        session.speak("3", "known words");
        session.speak("4", "newer words");
        session.speak("5", "known words");
        loop.advance(Duration.ofSeconds(5));

        assertThat(log.all.stream().distinct().toList()).containsExactly("1", "2", "3", "4", "5");
        assertThat(tones.hear(log.audio("2"))).isEqualTo("fresh words");
        assertThat(tones.hear(log.audio("3"))).isEqualTo("known words");
    }

    @Test
    void cancel_silencesRememberedAndFreshClauses() {
        TtsSession session = open(new CachingTtsEngine(voice));
        session.speak("warm", "known words");
        loop.advance(Duration.ofSeconds(5));
        log.all.clear();

        session.speak("1", "known words");
        session.speak("2", "fresh words");
        session.cancel();
        session.speak("3", "known words");
        loop.advance(Duration.ofSeconds(5));

        assertThat(log.all).containsOnly("3");
    }

    @Test
    void failedClause_isNotRemembered_andThoseAfterItGoOn() {
        voice.failNext(new ProviderException(ProviderException.Kind.BUSY, "full"));
        TtsSession session = open(new CachingTtsEngine(voice));
        session.speak("1", "some words");
        session.speak("2", "other words");
        loop.advance(Duration.ofSeconds(5));
        session.speak("3", "some words");
        loop.advance(Duration.ofSeconds(5));

        assertThat(log.failed).containsExactly("1");
        assertThat(log.done).containsExactly("2", "3");
        assertThat(voice.spoken()).containsExactly("some words", "other words", "some words");
    }

    @Test
    void memoryIsFull_theClauseUnusedForLongestIsForgotten() {
        int bytesPerWord = AudioFormat.SLIN_8K.bytesIn(Duration.ofMillis(ToneSpeech.WORD_MS));
        TtsSession session = open(new CachingTtsEngine(voice, 2L * bytesPerWord));
        say(session, "1", "one");
        say(session, "2", "two");
        say(session, "3", "one");
        say(session, "4", "three");
        say(session, "5", "one");
        say(session, "6", "two");

        assertThat(voice.spoken()).containsExactly("one", "two", "three", "two");
    }

    @Test
    void sentenceThatCannotBeRendered_isAWarning_andIsSpokenWhenItIsSaid() throws Exception {
        voice.failNext(new ProviderException(ProviderException.Kind.INTERNAL, "no"));
        CachingTtsEngine engine = new CachingTtsEngine(voice);
        int ready = engine.prepare(
                        List.of("One.", "Two."), new PromptSettings(Optional.empty(), "en", 1, Duration.ofSeconds(5)))
                .get(30, TimeUnit.SECONDS);
        assertThat(ready).isEqualTo(1);

        TtsSession session = open(engine);
        say(session, "a", TextForSpeech.spoken("One.", "en"));

        assertThat(log.done).containsExactly("a");
    }

    @ParameterizedTest
    @EnumSource(names = {"UNAUTHORIZED", "CONFIGURATION", "UNAVAILABLE", "TIMEOUT", "RATE_LIMITED"})
    void serviceThatCannotSpeakAtAll_isAskedOnce(ProviderException.Kind kind) throws Exception {
        for (int i = 0; i < 5; i++) {
            voice.failNext(new ProviderException(kind, "no"));
        }
        CachingTtsEngine engine = new CachingTtsEngine(voice);
        int ready = engine.prepare(
                        List.of("One.", "Two.", "Three.", "Four.", "Five."),
                        new PromptSettings(Optional.empty(), "en", 1, Duration.ofSeconds(5)))
                .get(30, TimeUnit.SECONDS);

        assertThat(ready).isZero();
        assertThat(voice.spoken()).hasSize(1);
    }

    @Test
    void renderingThatHangs_isGivenUp() throws Exception {
        voice.hangNext();
        CachingTtsEngine engine = new CachingTtsEngine(voice);
        int ready = engine.prepare(
                        List.of("One.", "Two."), new PromptSettings(Optional.empty(), "en", 1, Duration.ofMillis(600)))
                .get(30, TimeUnit.SECONDS);

        assertThat(ready).isEqualTo(1);
    }

    @Test
    void closedWhileRendering_endsThat() throws Exception {
        voice.hangNext();
        CachingTtsEngine engine = new CachingTtsEngine(voice);
        var result = engine.prepare(List.of("One."), PromptSettings.of(Optional.empty(), "en"));
        engine.close();

        assertThat(result.get(30, TimeUnit.SECONDS)).isZero();
    }

    private void say(TtsSession session, String id, String text) {
        session.speak(id, text);
        loop.advance(Duration.ofSeconds(5));
    }

    private TtsSession open(CachingTtsEngine engine) {
        return engine.open(loop, Optional.empty(), log);
    }

    private static final class Log implements TtsListener {

        private final List<String> all = new ArrayList<>();
        private final List<String> done = new ArrayList<>();
        private final List<String> failed = new ArrayList<>();
        private final List<String> owners = new ArrayList<>();
        private final List<AudioFrame> pieces = new ArrayList<>();

        @Override
        public void onAudio(String clauseId, AudioFrame audio) {
            all.add(clauseId);
            owners.add(clauseId);
            pieces.add(audio);
        }

        @Override
        public void onDone(String clauseId) {
            all.add(clauseId);
            done.add(clauseId);
        }

        @Override
        public void onFailed(String clauseId, ProviderException error) {
            failed.add(clauseId);
        }

        AudioFrame audio(String clauseId) {
            List<AudioFrame> own = new ArrayList<>();
            for (int i = 0; i < pieces.size(); i++) {
                if (owners.get(i).equals(clauseId)) {
                    own.add(pieces.get(i));
                }
            }
            return own.isEmpty() ? AudioFrame.of(AudioFormat.SLIN_8K, new byte[0]) : Frames.join(own);
        }
    }
}
