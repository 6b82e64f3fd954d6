package io.patchcord.agent.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchcord.agent.media.AudioFrame;
import io.patchcord.agent.testing.ManualCallLoop;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The caller's frames of 20 ms, each of which holds its number. */
class LastingAudioTest {

    private static final Duration PTIME = Duration.ofMillis(20);
    private static final int SECOND = 50;

    private final ManualCallLoop loop = new ManualCallLoop();
    private final List<Integer> heard = new ArrayList<>();
    private final LastingAudio audio = new LastingAudio(loop, frame -> heard.add((int) frame.toSamples()[0]));
    private int frames;

    @Test
    void whoeverListens_hearsEachFrameAtOnce() {
        send(3);

        assertThat(heard).containsExactly(0, 1, 2);
    }

    @Test
    void turnThatNobodyUnderstood_isHeardAgain_andWhatWasSaidMeanwhileAfterIt() {
        send(SECOND);
        audio.speechStarted();
        send(SECOND);
        audio.deaf();
        send(SECOND);
        heard.clear();

        audio.hearAgain();
        send(SECOND);

        assertThat(heard).isEqualTo(numbers(SECOND - 30, 4 * SECOND));
    }

    @Test
    void whoeverListensBreaksWhileHeHearsItAgain_theNextHearsAllOfIt_andNoFrameTwice() {
        audio.speechStarted();
        send(10 * SECOND);
        audio.hearAgain();
        send(1);
        audio.deaf();
        send(SECOND);
        heard.clear();

        audio.hearAgain();
        send(SECOND);

        assertThat(heard).isEqualTo(numbers(0, 12 * SECOND + 1));
    }

    @Test
    void turnThatIsSettled_isNotHeardAgain() {
        audio.speechStarted();
        send(2 * SECOND);
        audio.turnEnded();
        audio.settled(false);
        audio.deaf();
        heard.clear();

        audio.hearAgain();
        send(1);

        assertThat(heard).containsExactly(2 * SECOND);
        assertThat(audio.holdsSpeech()).isFalse();
    }

    @Test
    void passedOver_nothingOfItIsHeardAgain() {
        audio.speechStarted();
        send(SECOND);
        audio.deaf();
        heard.clear();

        audio.passOver();
        audio.hearAgain();

        assertThat(heard).isEmpty();
    }

    @Test
    void closed_whatWaitsIsNotHeard() {
        audio.speechStarted();
        send(10 * SECOND);
        audio.deaf();
        audio.hearAgain();
        heard.clear();

        audio.close();
        loop.advance(Duration.ofSeconds(1));

        assertThat(heard).isEmpty();
    }

    private void send(int count) {
        for (int i = 0; i < count; i++) {
            short[] samples = new short[160];
            samples[0] = (short) frames++;
            audio.accept(AudioFrame.ofSamples(8_000, samples));
            loop.advance(PTIME);
        }
    }

    private static List<Integer> numbers(int from, int to) {
        return IntStream.range(from, to).boxed().toList();
    }
}
