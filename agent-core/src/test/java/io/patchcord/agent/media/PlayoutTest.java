package io.patchcord.agent.media;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.patchcord.agent.loop.CallLoop;
import io.patchcord.agent.testing.FakeMediaPort;
import io.patchcord.agent.testing.ManualCallLoop;
import io.patchcord.agent.testing.ScriptedS2s;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PlayoutTest {

    private static final Duration PTIME = Duration.ofMillis(20);

    private final ManualCallLoop loop = new ManualCallLoop();
    private final FakeMediaPort port = new FakeMediaPort();
    private final List<String> told = new ArrayList<>();
    private final Playout playout = new Playout(loop, port, new Playout.Listener() {
        @Override
        public void onStarted(String responseId) {
            told.add("started " + responseId);
        }

        @Override
        public void onFinished(String responseId) {
            told.add("finished " + responseId);
        }
    });

    @Test
    void nothingToSay_sendsSilenceEveryPtime() {
        playout.start();
        loop.advance(Duration.ofMillis(199));

        assertThat(port.sent()).hasSize(10);
        assertThat(port.sentSpeech()).isEmpty();
    }

    @Test
    void speechIsQueuedAllAtOnce_leavesOneFrameEveryPtime() {
        playout.start();
        queue("r1", 3);

        loop.advance(PTIME);
        assertThat(port.sentSpeech()).hasSize(1);
        loop.advance(PTIME.multipliedBy(2));
        assertThat(port.sentSpeech()).hasSize(3);
        assertThat(told).containsExactly("started r1", "finished r1");
    }

    @Test
    void twoResponses_arePlayedOneAfterTheOther() {
        playout.start();
        queue("r1", 1);
        queue("r2", 1);

        loop.advance(PTIME.multipliedBy(2));

        assertThat(told).containsExactly("started r1", "finished r1", "started r2", "finished r2");
    }

    @Test
    void responseWithoutAudio_isFinishedAtTheNextFrame() {
        playout.start();
        playout.endOf("r1");

        loop.advance(PTIME);

        assertThat(told).containsExactly("finished r1");
    }

    @Test
    void stopped_fadesWithinOneFrameAndSaysWhatWasHeard() {
        playout.start();
        queue("r1", 50);
        queue("r2", 50);
        loop.advance(Duration.ofMillis(200));

        Map<String, Duration> cut = playout.stop();

        assertThat(cut).containsExactly(Map.entry("r1", Duration.ofMillis(200)), Map.entry("r2", Duration.ZERO));
        int before = port.sentSpeech().size();
        loop.advance(Duration.ofSeconds(1));
        assertThat(port.sentSpeech()).hasSize(before + 1);
        assertThat(port.sent()).hasSize(61);
        assertThat(told).doesNotContain("finished r1", "finished r2");
        assertThat(playout.isBusy()).isFalse();
    }

    @Test
    void heldBack_sendsSilenceAndLosesNothing() {
        playout.start();
        playout.hold();
        queue("r1", 2);
        loop.advance(Duration.ofMillis(200));
        assertThat(port.sentSpeech()).isEmpty();

        playout.release();
        loop.advance(Duration.ofMillis(40));

        assertThat(port.sentSpeech()).hasSize(2);
    }

    @Test
    void loopIsLateByOneFrame_catchesUpAtOnce() {
        LateLoop late = new LateLoop(loop);
        Playout latePlayout = new Playout(late, port, new Silent());
        latePlayout.start();
        late.delay = Duration.ofMillis(25);

        loop.advance(Duration.ofMillis(45));

        assertThat(port.sent()).hasSize(3);
        assertThat(latePlayout.clock().snapshot().max()).isEqualTo(Duration.ofMillis(25));
        assertThat(latePlayout.clock().snapshot().stalls()).isZero();
    }

    @Test
    void loopStalls_movesTheClockInsteadOfBursting() {
        LateLoop late = new LateLoop(loop);
        Playout latePlayout = new Playout(late, port, new Silent());
        latePlayout.start();
        late.delay = Duration.ofMillis(500);

        loop.advance(Duration.ofMillis(520));

        assertThat(port.sent()).hasSize(2);
        assertThat(latePlayout.clock().snapshot().stalls()).isEqualTo(1);
    }

    @Test
    void closed_sendsNothingMore() {
        playout.start();
        queue("r1", 5);
        playout.close();

        loop.advance(Duration.ofSeconds(1));

        assertThat(port.sent()).hasSize(1);
    }

    @Test
    void frameOfAnotherLength_isRefused() {
        assertThatThrownBy(() -> playout.enqueue("r1", ScriptedS2s.tone(Duration.ofMillis(10))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("one ptime");
    }

    private void queue(String responseId, int frames) {
        for (int i = 0; i < frames; i++) {
            playout.enqueue(responseId, ScriptedS2s.tone(PTIME));
        }
        playout.endOf(responseId);
    }

    private static final class Silent implements Playout.Listener {
        @Override
        public void onStarted(String responseId) {}

        @Override
        public void onFinished(String responseId) {}
    }

    /** Runs what is scheduled later than asked for, once, as a thread does that did not get the CPU. */
    private static final class LateLoop implements CallLoop {
        private final ManualCallLoop loop;
        private Duration delay = Duration.ZERO;

        LateLoop(ManualCallLoop loop) {
            this.loop = loop;
        }

        @Override
        public void execute(Runnable task) {
            loop.execute(task);
        }

        @Override
        public boolean inLoop() {
            return loop.inLoop();
        }

        @Override
        public long nanoTime() {
            return loop.nanoTime();
        }

        @Override
        public Timer scheduleAt(long dueNanos, Runnable task) {
            return loop.scheduleAt(dueNanos, () -> {
                long late = delay.toNanos();
                delay = Duration.ZERO;
                loop.scheduleAt(loop.nanoTime() + late, task);
            });
        }
    }
}
