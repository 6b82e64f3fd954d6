package io.patchcord.agent.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchcord.agent.media.AudioFrame;
import io.patchcord.agent.spi.VadEngine;
import io.patchcord.agent.spi.VadSession;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What holds for every voice activity detector. */
public abstract class VadEngineContract extends EngineContract<VadEngine> {

    /** At least one second of clear speech in the engine's input format. */
    protected abstract AudioFrame speech();

    @Test
    void windowsComeInOrderAndCoverTheAudio() {
        List<Window> windows = judge(speech(), Duration.ofMillis(20));

        assertThat(windows).extracting(Window::endSample).isSorted().doesNotHaveDuplicates();
        assertThat(windows).allSatisfy(window -> {
            assertThat(window.probability()).isBetween(0f, 1f);
            assertThat(window.endSample()).isBetween(1L, (long) speech().samples());
        });
    }

    @Test
    void speechIsTold_silenceIsNot() {
        assertThat(judge(speech(), Duration.ofMillis(20)))
                .as("some window of speech")
                .anySatisfy(window -> assertThat(window.probability()).isGreaterThan(0.5f));
        assertThat(judge(silence(), Duration.ofMillis(20)))
                .as("every window of silence")
                .allSatisfy(window -> assertThat(window.probability()).isLessThan(0.5f));
    }

    @Test
    void framesOfAnyLength_giveTheSameWindows() {
        List<Window> usual = judge(speech(), Duration.ofMillis(20));

        assertThat(judge(speech(), Duration.ofNanos(7_300_000))).isEqualTo(usual);
        assertThat(judge(speech(), speech().duration())).isEqualTo(usual);
    }

    @Test
    void sessionsDoNotMix() {
        EventLog<Window> speaking = newLog();
        EventLog<Window> silent = newLog();
        loop().run(() -> {
            VadSession first = open(speaking);
            VadSession second = open(silent);
            for (AudioFrame piece : Pieces.of(speech(), Duration.ofMillis(20))) {
                first.accept(piece);
                second.accept(AudioFrame.silence(piece.format(), piece.duration()));
            }
        });

        awaitWindows(speaking, speech());
        assertThat(awaitWindows(silent, silence()))
                .allSatisfy(window -> assertThat(window.probability()).isLessThan(0.5f));
    }

    @Test
    void nothingComesAfterClose() {
        EventLog<Window> log = newLog();
        int[] atClose = new int[1];
        loop().run(() -> {
            VadSession session = open(log);
            session.accept(speech());
            session.close();
            atClose[0] = log.events().size();
            session.accept(speech());
            session.close();
        });

        judge(speech(), Duration.ofMillis(20));

        assertThat(log.events()).hasSize(atClose[0]);
    }

    private List<Window> judge(AudioFrame audio, Duration piece) {
        EventLog<Window> log = newLog();
        VadSession session = loop().call(() -> open(log));
        loop().run(() -> Pieces.of(audio, piece).forEach(session::accept));
        List<Window> windows = awaitWindows(log, audio);
        loop().run(session::close);
        return windows;
    }

    /** Waits until no whole window is left; the first window's end is the length of a window. */
    private static List<Window> awaitWindows(EventLog<Window> log, AudioFrame audio) {
        return log.await(
                "windows for all " + audio.samples() + " samples",
                windows -> !windows.isEmpty()
                        && windows.get(windows.size() - 1).endSample()
                                        + windows.get(0).endSample()
                                > audio.samples());
    }

    private AudioFrame silence() {
        return AudioFrame.silence(engine().inputFormat(), Duration.ofSeconds(1));
    }

    private VadSession open(EventLog<Window> log) {
        return engine().open(loop(), (probability, endSample) -> log.add(new Window(probability, endSample)));
    }

    /** One judged window. */
    private record Window(float probability, long endSample) {}
}
