package io.patchcord.provider.local.tts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import io.patchcord.agent.contract.TtsEngineContract;
import io.patchcord.agent.media.AudioFrame;
import io.patchcord.agent.spi.ProviderConfig;
import io.patchcord.agent.spi.ProviderException;
import io.patchcord.agent.spi.TtsEngine;
import io.patchcord.agent.spi.TtsListener;
import io.patchcord.agent.spi.TtsSession;
import io.patchcord.agent.testing.ManualCallLoop;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class LocalTtsEngineTest extends TtsEngineContract {

    private static final TtsListener NOBODY = new ToldList(new ArrayList<>());

    @Override
    protected TtsEngine create() {
        return new LocalTtsProvider()
                .create(ProviderConfig.of(Map.of("LOCAL_TTS_ENGINE", "embedded", "LOCAL_TTS_WARM_UP", "2")));
    }

    @Test
    void voiceIsRmsOrNotNamed() {
        assertThat(engine().open(loop(), Optional.of("rms"), NOBODY)).isNotNull();
        assertThatThrownBy(() -> engine().open(loop(), Optional.of("slt"), NOBODY))
                .asInstanceOf(type(ProviderException.class))
                .satisfies(error -> {
                    assertThat(error.kind()).isEqualTo(ProviderException.Kind.CONFIGURATION);
                    assertThat(error).hasMessageContaining("'slt'").hasMessageContaining("rms");
                });
    }

    @Test
    void clauseNotDoneInTime_failsWithTimeout_andTheNextOneIsTried() {
        ManualCallLoop loop = new ManualCallLoop();
        List<String> told = new ArrayList<>();
        CountDownLatch never = new CountDownLatch(1);
        try (VoicePool pool = new VoicePool(() -> new StuckVoice(never), 1, 4, 0);
                TtsSession session = new LocalTtsSession(pool, loop, new ToldList(told), Duration.ofSeconds(10))) {
            session.speak("c1", "One.");
            session.speak("c2", "Two.");
            loop.runPending();

            loop.advance(Duration.ofMillis(9_999));
            assertThat(told).isEmpty();
            loop.advance(Duration.ofMillis(1));
            assertThat(told).containsExactly("c1 TIMEOUT");
            loop.advance(Duration.ofSeconds(10));
            assertThat(told).containsExactly("c1 TIMEOUT", "c2 TIMEOUT");
        }
    }

    @Test
    void poolFull_failsWithBusy() {
        ManualCallLoop loop = new ManualCallLoop();
        List<String> told = new ArrayList<>();
        try (VoicePool pool = new VoicePool(() -> new StuckVoice(new CountDownLatch(1)), 1, 1, 0)) {
            for (int call = 1; call <= 4; call++) {
                new LocalTtsSession(pool, loop, new ToldList(told), Duration.ofSeconds(10)).speak("c" + call, "One.");
                loop.runPending();
            }

            assertThat(told).contains("c4 BUSY").hasSizeBetween(2, 3);
        }
    }

    /** Stands for a voice that hangs: says nothing until it is interrupted. */
    private record StuckVoice(CountDownLatch never) implements FliteVoice {

        @Override
        public void speak(String text, PcmSink sink, Runnable checkpoint) {
            try {
                never.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }

        @Override
        public void close() {}
    }

    private record ToldList(List<String> told) implements TtsListener {

        @Override
        public void onAudio(String clauseId, AudioFrame audio) {
            told.add(clauseId + " audio");
        }

        @Override
        public void onDone(String clauseId) {
            told.add(clauseId + " done");
        }

        @Override
        public void onFailed(String clauseId, ProviderException error) {
            told.add(clauseId + " " + error.kind());
        }
    }
}
