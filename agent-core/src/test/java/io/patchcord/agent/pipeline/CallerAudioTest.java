package io.patchcord.agent.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchcord.agent.media.AudioFormat;
import io.patchcord.agent.media.AudioFrame;
import java.util.List;
import org.junit.jupiter.api.Test;

/** One frame of 20 ms each, which holds its number. */
class CallerAudioTest {

    private static final int PER_SECOND = 50;

    private final CallerAudio audio = new CallerAudio(0);
    private int frames;

    @Test
    void speechOfATurnThatWasNotSettled_isHeardAgain_withALittleBefore() {
        send(10 * PER_SECOND);
        audio.speechStarted(now());
        send(PER_SECOND);
        audio.deaf(now());
        send(PER_SECOND);

        assertThat(heardAgain())
                .startsWith(10 * PER_SECOND - 30)
                .endsWith(12 * PER_SECOND - 1)
                .hasSize(130);
    }

    @Test
    void whatIsSaidWhileNobodyListens_isHeardAgain() {
        send(10 * PER_SECOND);
        audio.deaf(now());
        send(3 * PER_SECOND);

        assertThat(heardAgain()).startsWith(10 * PER_SECOND - 30).hasSize(180);
    }

    @Test
    void aTurnWhoseWordsAreKnown_isNotHeardAgain_notEvenItsEnd() {
        send(PER_SECOND);
        audio.speechStarted(now());
        send(2 * PER_SECOND);
        audio.turnEnded(now());
        audio.settled(false);
        send(5);
        audio.deaf(now());

        assertThat(heardAgain()).hasSizeLessThanOrEqualTo(6);
    }

    @Test
    void speechAfterATurnThatIsSettledLate_isHeardAgain_withoutTheTurn() {
        audio.speechStarted(now());
        send(PER_SECOND);
        audio.turnEnded(now());
        send(PER_SECOND);
        audio.speechStarted(now());
        send(PER_SECOND);
        audio.settled(true);
        audio.deaf(now());

        assertThat(heardAgain()).startsWith(2 * PER_SECOND - 30).hasSize(80);
    }

    @Test
    void whatWasHeardAgain_isKept_asLongAsItIsNotSettled() {
        audio.speechStarted(now());
        send(PER_SECOND);
        audio.deaf(now());
        List<Integer> once = heardAgain();
        audio.deaf(now());

        assertThat(heardAgain()).isEqualTo(once);
    }

    @Test
    void silenceThatWasHeardAgain_isForgottenSoon() {
        send(10 * PER_SECOND);
        audio.deaf(now());
        send(5 * PER_SECOND);
        heardAgain();
        send(3 * PER_SECOND);
        audio.deaf(now());

        assertThat(heardAgain()).hasSizeLessThanOrEqualTo(31);
    }

    @Test
    void noMoreThanHalfAMinuteIsKept() {
        audio.deaf(now());
        send(100 * PER_SECOND);

        assertThat(heardAgain()).hasSizeBetween(30 * PER_SECOND, 30 * PER_SECOND + 1);
    }

    private void send(int count) {
        for (int i = 0; i < count; i++) {
            audio.add(AudioFrame.ofSamples(8_000, new short[] {(short) frames, 0}), now());
            frames++;
        }
    }

    private List<Integer> heardAgain() {
        return audio.heardAgain(now()).stream()
                .map(frame -> {
                    assertThat(frame.format()).isEqualTo(AudioFormat.SLIN_8K);
                    return (int) frame.toSamples()[0];
                })
                .toList();
    }

    private long now() {
        return frames * 20_000_000L;
    }
}
