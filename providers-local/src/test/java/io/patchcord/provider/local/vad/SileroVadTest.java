package io.patchcord.provider.local.vad;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.patchcord.agent.media.AudioFormat;
import io.patchcord.agent.media.AudioFrame;
import io.patchcord.agent.spi.VadSession;
import io.patchcord.agent.testing.ManualCallLoop;
import io.patchcord.provider.local.TestSpeech;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class SileroVadTest {

    private static SileroVadEngine engine;

    @BeforeAll
    static void load() {
        engine = new SileroVadEngine(2);
    }

    @AfterAll
    static void close() {
        engine.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"sb_spk1_snt5", "sb_spk2_snt6", "goforward"})
    void humanSpeech_isFoundBetweenTheSilences(String clip) {
        List<VadWindow> windows = VadRun.over(engine, TestSpeech.padded(TestSpeech.clip(clip), 1_000, 1_500));
        assertThat(windows.subList(0, 25))
                .allSatisfy(w -> assertThat(w.probability()).isLessThan(0.35f));
        assertThat(windows.subList(windows.size() - 25, windows.size()))
                .allSatisfy(w -> assertThat(w.probability()).isLessThan(0.35f));
        assertThat(windows.stream().filter(w -> w.probability() > 0.5f)).hasSizeGreaterThan(20);
    }

    @Test
    void whatIsNoSpeech_isNotTakenForIt() {
        assertNoSpeech(AudioFrame.silence(AudioFormat.SLIN_8K, Duration.ofSeconds(3)));
        assertNoSpeech(TestSpeech.noise(3, 0.03, 1));
        assertNoSpeech(TestSpeech.noise(3, 0.1, 2));
        assertNoSpeech(TestSpeech.tones(3, 425));
        assertNoSpeech(TestSpeech.tones(3, 697, 1209));
        assertNoSpeech(TestSpeech.tones(3, 941, 1336));
    }

    private static void assertNoSpeech(AudioFrame audio) {
        assertThat(VadRun.over(engine, audio))
                .allSatisfy(w -> assertThat(w.probability()).isLessThan(0.5f));
    }

    @Test
    void windows_areReportedInOrderWithTheirPlace() {
        List<VadWindow> windows = VadRun.over(engine, TestSpeech.clip("goforward"));
        for (int i = 0; i < windows.size(); i++) {
            assertThat(windows.get(i).endSample()).isEqualTo(256L * (i + 1));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 33, 80, 160, 255, 256, 257, 960})
    void packetSize_makesNoDifference(int samples) {
        AudioFrame clip = TestSpeech.clip("goforward");
        assertThat(VadRun.over(engine, clip, samples)).isEqualTo(VadRun.over(engine, clip, 160));
    }

    @Test
    void calls_doNotDisturbEachOther() {
        AudioFrame clip = TestSpeech.clip("sb_spk1_snt5");
        List<VadWindow> alone = VadRun.over(engine, clip);
        List<List<VadWindow>> together = VadRun.together(engine, clip, TestSpeech.noise(2, 0.1, 3), clip);
        assertThat(together.get(0)).isEqualTo(alone);
        assertThat(together.get(2)).isEqualTo(alone);
    }

    @Test
    void closedSession_reportsNothing() {
        ManualCallLoop loop = new ManualCallLoop();
        VadSession session = engine.open(loop, (probability, end) -> {
            throw new AssertionError("reported after close");
        });
        session.accept(TestSpeech.clip("goforward"));
        session.close();
        session.close();
        session.accept(TestSpeech.clip("goforward"));
        VadRun.over(engine, TestSpeech.clip("goforward"));
        loop.runPending();
    }

    @Test
    void otherFormat_isRefused() {
        try (VadSession session = engine.open(new ManualCallLoop(), (probability, end) -> {})) {
            AudioFrame wide = AudioFrame.silence(AudioFormat.SLIN_16K, Duration.ofMillis(20));
            assertThatThrownBy(() -> session.accept(wide))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("16000");
        }
    }
}
