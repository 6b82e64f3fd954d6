package io.patchcord.provider.local.stt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.patchcord.agent.media.AudioFormat;
import io.patchcord.agent.media.AudioFrame;
import io.patchcord.agent.spi.ProviderConfig;
import io.patchcord.agent.spi.ProviderException;
import io.patchcord.agent.spi.SegmentSttEngine;
import io.patchcord.agent.spi.Transcript;
import io.patchcord.provider.local.TestSpeech;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class MoonshineSttTest {

    private static SegmentSttEngine engine;

    @BeforeAll
    static void load() {
        engine = create(Map.of("LOCAL_STT_TIMEOUT", "90s"));
    }

    @AfterAll
    static void close() {
        engine.close();
    }

    private static SegmentSttEngine create(Map<String, String> settings) {
        return (SegmentSttEngine) new MoonshineSttProvider().create(ProviderConfig.of(settings));
    }

    @Test
    void humanSpeech_isPunctuatedText() {
        assertThat(heard(TestSpeech.padded(TestSpeech.clip("sb_spk1_snt5"), 200, 200)))
                .isEqualTo("Sunday is the best part of the week.");
        assertThat(heard(TestSpeech.padded(TestSpeech.clip("goforward"), 200, 200)))
                .isEqualToIgnoringCase("Go forward ten meters.");
    }

    @Test
    void speechThatTheModelWouldPassOver_isRecognisedAtEveryLevelAndPadding() {
        AudioFrame clip = TestSpeech.clip("sb_spk2_snt6");
        for (int padding = 0; padding <= 600; padding += 150) {
            assertThat(heard(TestSpeech.padded(clip, padding, padding))).contains("flavor");
        }
    }

    @Test
    void silenceNoiseAndClicks_areNoWords() {
        assertThat(heard(AudioFrame.silence(AudioFormat.SLIN_8K, Duration.ofSeconds(2))))
                .isEmpty();
        assertThat(heard(TestSpeech.noise(1, 0.01, 1))).isEmpty();
        assertThat(heard(TestSpeech.noise(3, 0.1, 2))).isEmpty();
        assertThat(heard(TestSpeech.noise(1, 0.3, 3))).isEmpty();
        assertThat(heard(AudioFrame.silence(AudioFormat.SLIN_8K, Duration.ofMillis(20))))
                .isEmpty();
        assertThat(heard(AudioFrame.of(AudioFormat.SLIN_8K, new byte[0]))).isEmpty();
    }

    @Test
    void shortestSegment_isTaken() {
        AudioFrame clip = TestSpeech.clip("goforward");
        for (int samples = 780; samples < 1_700; samples += 53) {
            heard(AudioFrame.ofSamples(8_000, clip.toSamples(), 4_000, samples));
        }
    }

    @Test
    void longGappedSpeech_isRecognisedToItsEnd() {
        byte[] data = new byte[0];
        for (int i = 0; i < 5; i++) {
            data = concat(
                    data,
                    TestSpeech.padded(TestSpeech.clip("sb_spk1_snt5"), 1_500, 1_500)
                            .data());
            data = concat(
                    data,
                    TestSpeech.padded(TestSpeech.clip("goforward"), 500, 500).data());
        }
        AudioFrame minute = AudioFrame.of(AudioFormat.SLIN_8K, data);
        assertThat(minute.duration()).isGreaterThan(Duration.ofSeconds(40));
        assertThat(heard(minute).split("Sunday is the best part of the week", -1))
                .hasSize(6);
    }

    @Test
    void manySegmentsAtOnce_areRecognisedAsEachAlone() {
        List<CompletableFuture<Transcript>> pending = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            pending.add(engine.transcribe(TestSpeech.padded(TestSpeech.clip("sb_spk1_snt5"), 200, 200))
                    .toCompletableFuture());
        }
        assertThat(pending)
                .allSatisfy(one -> assertThat(one.join().text()).isEqualTo("Sunday is the best part of the week."));
    }

    @Test
    void fullQueue_refusesWithBusy() {
        try (SegmentSttEngine small =
                create(Map.of("LOCAL_STT_THREADS", "1", "LOCAL_STT_QUEUE", "1", "LOCAL_STT_TIMEOUT", "90s"))) {
            List<CompletableFuture<Transcript>> pending = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                pending.add(small.transcribe(TestSpeech.clip("sb_spk1_snt5")).toCompletableFuture());
            }
            assertThatThrownBy(() -> CompletableFuture.allOf(pending.toArray(CompletableFuture[]::new))
                            .join())
                    .isInstanceOf(CompletionException.class)
                    .cause()
                    .isInstanceOfSatisfying(
                            ProviderException.class,
                            error -> assertThat(error.kind()).isEqualTo(ProviderException.Kind.BUSY));
            assertThat(pending.get(0).join().isEmpty()).isFalse();
        }
    }

    @Test
    void recognitionThatTakesTooLong_failsWithTimeout() {
        try (SegmentSttEngine hasty = create(Map.of("LOCAL_STT_TIMEOUT", "1ms"))) {
            assertThatThrownBy(() -> hasty.transcribe(TestSpeech.clip("goforward"))
                            .toCompletableFuture()
                            .join())
                    .cause()
                    .isInstanceOfSatisfying(
                            ProviderException.class,
                            error -> assertThat(error.kind()).isEqualTo(ProviderException.Kind.TIMEOUT));
        }
    }

    @Test
    void otherFormat_isRefused() {
        AudioFrame wide = AudioFrame.silence(AudioFormat.SLIN_16K, Duration.ofSeconds(1));
        assertThatThrownBy(() -> engine.transcribe(wide))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("16000");
    }

    @Test
    void settingThatCannotWork_isExplained() {
        assertThatThrownBy(() -> create(Map.of("LOCAL_STT_THREADS", "none")))
                .isInstanceOf(ProviderException.class)
                .hasMessageContaining("LOCAL_STT_THREADS=none");
    }

    private static String heard(AudioFrame segment) {
        return engine.transcribe(segment).toCompletableFuture().join().text();
    }

    private static byte[] concat(byte[] a, byte[] b) {
        byte[] both = Arrays.copyOf(a, a.length + b.length);
        System.arraycopy(b, 0, both, a.length, b.length);
        return both;
    }
}
