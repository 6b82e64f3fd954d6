package io.patchcord.provider.deepgram;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchcord.agent.media.AudioFormat;
import io.patchcord.agent.media.AudioFrame;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class BacklogTest {

    private static final Duration PTIME = Duration.ofMillis(20);

    private final Backlog backlog = new Backlog();
    private final List<AudioFrame> sent = new ArrayList<>();

    @Test
    void isCaughtUpWithAtFiveQuartersOfTheSpeedOfSpeech_inOrder() {
        List<AudioFrame> spoken = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            add(spoken);
        }
        int frames = 0;
        while (!backlog.isEmpty()) {
            add(spoken);
            backlog.giveFor(PTIME, sent::add);
            frames++;
            assertThat(sent.size()).isLessThanOrEqualTo(frames * 5 / 4);
        }

        assertThat(frames).isEqualTo(40);
        assertThat(sent).isEqualTo(spoken);
    }

    @Test
    void keepsTheLastTenSeconds() {
        List<AudioFrame> spoken = new ArrayList<>();
        for (int i = 0; i < 600; i++) {
            add(spoken);
        }
        backlog.giveAll(sent::add);

        assertThat(sent).isEqualTo(spoken.subList(100, 600));
        assertThat(backlog.isEmpty()).isTrue();
    }

    private void add(List<AudioFrame> spoken) {
        AudioFrame frame = AudioFrame.silence(AudioFormat.ULAW_8K, PTIME);
        spoken.add(frame);
        backlog.add(frame);
    }
}
