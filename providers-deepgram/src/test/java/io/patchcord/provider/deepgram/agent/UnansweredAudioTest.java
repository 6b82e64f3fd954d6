package io.patchcord.provider.deepgram.agent;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Frames of 20 ms, each of which holds its number. */
class UnansweredAudioTest {

    private static final int SECOND = 50;

    private final UnansweredAudio audio = new UnansweredAudio();
    private final List<Integer> heard = new ArrayList<>();
    private int frames;

    @Test
    void longTurn_isHeardAgainFromItsBeginning_withTheSecondBeforeTheServiceNoticed() {
        silence(5 * SECOND);
        audio.speaking();
        say(25 * SECOND);
        audio.lost();

        hearAgain();

        assertThat(heard).isEqualTo(numbers(4 * SECOND, frames));
    }

    @Test
    void noMoreThanHalfAMinuteIsKept() {
        audio.speaking();
        say(60 * SECOND);
        audio.lost();

        hearAgain();

        assertThat(heard).isEqualTo(numbers(30 * SECOND, frames));
    }

    @Test
    void whatIsUnderstood_isNotHeardAgain() {
        audio.speaking();
        say(2 * SECOND);
        audio.understood();
        audio.lost();

        hearAgain();

        assertThat(heard).isEqualTo(numbers(2 * SECOND, frames));
    }

    private void silence(int count) {
        receive(count, false);
    }

    private void say(int count) {
        receive(count, true);
    }

    private void receive(int count, boolean loud) {
        for (int i = 0; i < count; i++) {
            audio.add(frame(frames++), loud);
        }
    }

    /** Until a frame goes out as it comes. */
    private void hearAgain() {
        audio.found();
        do {
            audio.send(frame(frames++), frame -> heard.add((frame[0] & 0xFF) | ((frame[1] & 0xFF) << 8)));
        } while (heard.get(heard.size() - 1) != frames - 1);
    }

    private static byte[] frame(int number) {
        byte[] frame = new byte[160];
        frame[0] = (byte) number;
        frame[1] = (byte) (number >> 8);
        return frame;
    }

    private static List<Integer> numbers(int from, int to) {
        return IntStream.range(from, to).boxed().toList();
    }
}
