package io.patchcord.provider.local.vad;

import static org.awaitility.Awaitility.await;

import io.patchcord.agent.media.AudioFrame;
import io.patchcord.agent.spi.VadEngine;
import io.patchcord.agent.spi.VadSession;
import io.patchcord.agent.testing.ManualCallLoop;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Has whole recordings judged. */
public final class VadRun {

    private static final int WINDOW = 256;
    private static final int ONCE_IN = 20;

    private final ManualCallLoop loop = new ManualCallLoop();
    private final List<VadWindow> windows = new ArrayList<>();
    private final VadSession session;
    private final short[] samples;
    private final int packet;
    private int given;

    private VadRun(VadEngine engine, AudioFrame audio, int packet) {
        this.samples = audio.toSamples();
        this.packet = packet;
        this.session = engine.open(loop, (probability, end) -> windows.add(new VadWindow(probability, end)));
    }

    /** All windows of the recording, given in packets of 20 ms. */
    public static List<VadWindow> over(VadEngine engine, AudioFrame audio) {
        return over(engine, audio, 160);
    }

    /** All windows of the recording, given in packets of so many samples. */
    public static List<VadWindow> over(VadEngine engine, AudioFrame audio, int packet) {
        return run(List.of(new VadRun(engine, audio, packet))).get(0);
    }

    /** Several calls at the same time. */
    public static List<List<VadWindow>> together(VadEngine engine, AudioFrame... calls) {
        return run(
                Arrays.stream(calls).map(call -> new VadRun(engine, call, 160)).toList());
    }

    private static List<List<VadWindow>> run(List<VadRun> runs) {
        while (runs.stream().anyMatch(run -> run.given < run.samples.length)) {
            runs.forEach(VadRun::giveNext);
        }
        runs.forEach(run -> run.awaitWindows(run.samples.length / WINDOW));
        runs.forEach(run -> run.session.close());
        return runs.stream().map(run -> run.windows).toList();
    }

    private void giveNext() {
        int count = Math.min(packet, samples.length - given);
        if (count > 0) {
            session.accept(AudioFrame.ofSamples(8_000, samples, given, count));
            given += count;
            awaitWindows(given / WINDOW - ONCE_IN);
        }
    }

    /** Keeps the detector close behind, as it is in a call. */
    private void awaitWindows(int count) {
        if (windows.size() < count) {
            await().pollInterval(Duration.ofMillis(1)).pollDelay(Duration.ZERO).until(() -> {
                loop.runPending();
                return windows.size() >= count;
            });
        }
    }
}
