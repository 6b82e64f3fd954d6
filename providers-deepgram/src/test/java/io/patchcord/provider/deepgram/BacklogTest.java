package io.patchcord.provider.deepgram;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchcord.agent.media.AudioFormat;
import io.patchcord.agent.media.AudioFrame;
import io.patchcord.agent.testing.ManualCallLoop;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class BacklogTest {

    private static final Duration PTIME = Duration.ofMillis(20);

    private final ManualCallLoop loop = new ManualCallLoop();
    private final List<AudioFrame> sent = new ArrayList<>();
    private final List<AudioFrame> spoken = new ArrayList<>();
    private final Backlog backlog = new Backlog(loop, sent::add);

    @Test
    void isCaughtUpWithAtFiveQuartersOfTheSpeedOfSpeech_inOrder() {
        say(50);
        backlog.open();
        int frames = 0;
        while (sent.size() < spoken.size()) {
            loop.advance(PTIME);
            say(1);
            frames++;
            assertThat(sentMillis()).isLessThanOrEqualTo(mostMillis(frames));
        }

        // Four that went out with the opening, and a quarter of a frame more than comes with each.
        assertThat(frames).isBetween(182, 186);
        assertThat(sent).isEqualTo(spoken);
    }

    @Test
    void turnThatIsHandedOverAtOnce_isSentByTheClock_withLiveFramesBehindIt() {
        backlog.open();
        say(1_000);
        assertThat(sentMillis()).isEqualTo(Backlog.FIRST_PIECE.toMillis());
        for (int i = 1; i <= 500; i++) {
            loop.advance(PTIME);
            say(1);
            assertThat(sentMillis()).isLessThanOrEqualTo(mostMillis(i));
        }

        assertThat(sentMillis()).isGreaterThan(mostMillis(500) - 2 * PTIME.toMillis());
        assertThat(sent).isEqualTo(spoken.subList(0, sent.size()));
    }

    @Test
    void nothingMoreIsSaid_theRestGoesOutAllTheSame() {
        say(50);
        backlog.open();
        loop.advance(Duration.ofMillis(720));
        assertThat(sent).hasSizeLessThan(50);

        loop.advance(PTIME);
        assertThat(sent).isEqualTo(spoken);
    }

    @Test
    void callThatHasCaughtUp_waitsForNothing_alsoWhenItsFramesComeTogether() {
        backlog.open();
        for (int i = 0; i < 200; i++) {
            loop.advance(PTIME);
            say(1);
            assertThat(sent).hasSameSizeAs(spoken);
        }
        loop.advance(PTIME.multipliedBy(10));
        say(10);
        assertThat(sent).isEqualTo(spoken);
    }

    @Test
    void longPause_savesUpNoMoreThanHalfASecond() {
        backlog.open();
        loop.advance(Duration.ofMinutes(1));
        say(100);

        assertThat(sentMillis()).isEqualTo(500);
    }

    @Test
    void longFrames_goOutAsWell() {
        backlog.open();
        Duration length = Duration.ofSeconds(2);
        for (int i = 0; i < 3; i++) {
            backlog.add(AudioFrame.silence(AudioFormat.ULAW_8K, length));
        }
        loop.advance(Duration.ofSeconds(6));

        assertThat(sent).hasSize(3);
    }

    @Test
    void keepsTheLastHalfMinute() {
        say(1_600);
        backlog.open();
        loop.advance(Duration.ofSeconds(24));

        assertThat(sent).isEqualTo(spoken.subList(100, 1_600));
    }

    @Test
    void task_waitsForTheAudioBeforeIt_andForNoOther() {
        List<Integer> sentBefore = new ArrayList<>();
        say(10);
        backlog.after(() -> sentBefore.add(sent.size()));
        say(10);
        assertThat(sentBefore).isEmpty();
        backlog.open();
        loop.advance(Duration.ofSeconds(1));
        backlog.after(() -> sentBefore.add(sent.size()));

        assertThat(sentBefore).containsExactly(10, 20);
    }

    @Test
    void cleared_sendsNothing_untilItIsOpenedAgain() {
        backlog.open();
        say(50);
        backlog.after(() -> sent.clear());
        backlog.clear();
        int before = sent.size();
        say(2);
        loop.advance(Duration.ofMinutes(1));
        assertThat(sent).hasSize(before);

        backlog.open();
        assertThat(sent).hasSize(before + 2);
    }

    private long sentMillis() {
        return sent.size() * PTIME.toMillis();
    }

    private static long mostMillis(int frames) {
        return Backlog.FIRST_PIECE.toMillis() + frames * PTIME.toMillis() * 5 / 4;
    }

    private void say(int frames) {
        for (int i = 0; i < frames; i++) {
            AudioFrame frame = AudioFrame.silence(AudioFormat.ULAW_8K, PTIME);
            spoken.add(frame);
            backlog.add(frame);
        }
    }
}
