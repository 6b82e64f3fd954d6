package io.patchcord.provider.local.vad;

import static org.assertj.core.api.Assertions.assertThat;

import ai.onnxruntime.OrtSession;
import io.patchcord.agent.media.AudioFormat;
import io.patchcord.agent.media.AudioFrame;
import io.patchcord.agent.testing.ManualCallLoop;
import io.patchcord.provider.local.onnx.OnnxModel;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The hand-over between the call loop and the pool, with a pool that the test turns by hand. */
class SileroVadSessionTest {

    private static final AudioFrame SECOND = AudioFrame.silence(AudioFormat.SLIN_8K, Duration.ofMillis(1_024));

    private final OrtSession model = OnnxModel.load(SileroVadSession.class, "silero.onnx");
    private final Queue<Runnable> pool = new ArrayDeque<>();
    private final ManualCallLoop loop = new ManualCallLoop();
    private final List<Long> ends = new ArrayList<>();

    @AfterEach
    void close() throws Exception {
        model.close();
    }

    @Test
    void manyWindows_needOneTaskOfThePool() {
        SileroVadSession session = open();
        session.accept(SECOND);
        assertThat(pool).hasSize(1);
        turnPool();
        loop.runPending();
        assertThat(ends).hasSize(32);
        session.close();
        turnPool();
    }

    @Test
    void poolThatLags_losesTheOldestWindowsAndKeepsTheCount() {
        SileroVadSession session = open();
        // Given more than four seconds while the pool does not come round
        for (int i = 0; i < 5; i++) {
            session.accept(SECOND);
        }
        // When it does
        turnPool();
        loop.runPending();
        // Then the newest 4 s are judged, at their true places
        assertThat(ends).hasSize(125);
        assertThat(ends.get(124)).isEqualTo(5L * 32 * 256);
        assertThat(ends.get(0)).isEqualTo(5L * 32 * 256 - 124L * 256);
        session.close();
        turnPool();
    }

    @Test
    void closeWhileWindowsWait_dropsThem() {
        SileroVadSession session = open();
        session.accept(SECOND);
        session.close();
        turnPool();
        loop.runPending();
        assertThat(ends).isEmpty();
        assertThat(pool).isEmpty();
    }

    @Test
    void poolThatIsShutDown_endsTheSessionQuietly() {
        SileroVadSession session = new SileroVadSession(
                new SileroState(model),
                task -> {
                    throw new RejectedExecutionException("shut down");
                },
                loop,
                (probability, end) -> ends.add(end));
        session.accept(SECOND);
        session.close();
        loop.runPending();
        assertThat(ends).isEmpty();
    }

    private SileroVadSession open() {
        return new SileroVadSession(new SileroState(model), pool::add, loop, (probability, end) -> ends.add(end));
    }

    private void turnPool() {
        while (!pool.isEmpty()) {
            pool.remove().run();
        }
    }
}
