package io.patchcord.agent.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchcord.agent.media.AudioFormat;
import io.patchcord.agent.media.AudioFrame;
import io.patchcord.agent.testing.ManualCallLoop;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class CatchUpTest {

    private static final Duration PTIME = Duration.ofMillis(20);

    private final ManualCallLoop loop = new ManualCallLoop();
    private final List<Integer> heard = new ArrayList<>();
    private final CatchUp catchUp = new CatchUp(loop, frame -> heard.add((int) frame.toSamples()[0]));

    @Test
    void nothingWasKept_framesPassAtOnce() {
        catchUp.begin(List.of());
        catchUp.accept(frame(1));

        assertThat(heard).containsExactly(1);
    }

    @Test
    void whatWasKept_comesFirst_inPortions_andThenFramesPassAtOnce() {
        catchUp.begin(frames(0, 100));
        assertThat(heard).hasSize(25);

        int live = 100;
        while (heard.size() < live) {
            loop.advance(PTIME);
            catchUp.accept(frame(live++));
        }

        assertThat(live).as("four portions of half a second").isEqualTo(104);
        loop.advance(PTIME);
        catchUp.accept(frame(live++));
        assertThat(heard).isEqualTo(IntStream.range(0, live).boxed().toList());
    }

    @Test
    void stopped_handsOverNothingMore_untilItBeginsAnew() {
        catchUp.begin(frames(0, 100));
        catchUp.stop();
        loop.advance(Duration.ofSeconds(1));
        assertThat(heard).hasSize(25);

        catchUp.begin(frames(200, 201));

        assertThat(heard).last().isEqualTo(200);
    }

    private static List<AudioFrame> frames(int from, int to) {
        return IntStream.range(from, to).mapToObj(CatchUpTest::frame).toList();
    }

    private static AudioFrame frame(int number) {
        byte[] pcm = new byte[320];
        pcm[0] = (byte) number;
        pcm[1] = (byte) (number >> 8);
        return AudioFrame.of(AudioFormat.SLIN_8K, pcm);
    }
}
