package io.patchcord.app.caller;

import io.patchcord.agent.loop.ThreadLoop;
import io.patchcord.agent.media.AudioConverter;
import io.patchcord.agent.media.AudioFrame;
import io.patchcord.agent.spi.ProviderException;
import io.patchcord.agent.spi.SegmentSttEngine;
import io.patchcord.agent.spi.VadEngine;
import io.patchcord.agent.spi.VadSession;
import io.patchcord.app.caller.SpeechSegments.Window;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes down what the agent said, after the call: voice activity detection cuts, speech recognition reads. Blocks. */
final class Transcriber {

    private static final Logger LOG = LoggerFactory.getLogger(Transcriber.class);
    private static final long DEADLINE_SECONDS = 60;
    private static final int RATE_HZ = 8_000;
    private static final Duration STEP = Duration.ofSeconds(1);

    private final VadEngine vad;
    private final SegmentSttEngine stt;

    Transcriber(VadEngine vad, SegmentSttEngine stt) {
        this.vad = vad;
        this.stt = stt;
    }

    /**
     * The words in linear samples at 8 kHz.
     *
     * @throws ProviderException if recognition fails
     */
    String transcribe(short[] samples) {
        // Whole steps, so that no piece is shorter than a detector's window.
        int length = (samples.length / RATE_HZ + 1) * RATE_HZ;
        AudioFrame whole = AudioFrame.ofSamples(RATE_HZ, Arrays.copyOf(samples, length));
        AudioFrame detected = AudioConverter.convertWhole(whole, vad.inputFormat());
        AudioFrame heard = AudioConverter.convertWhole(whole, stt.inputFormat());
        double perSample =
                (double) stt.inputFormat().sampleRateHz() / vad.inputFormat().sampleRateHz();
        return SpeechSegments.of(judge(detected), vad.inputFormat().sampleRateHz(), detected.samples()).stream()
                .map(segment -> cut(heard, (int) (segment.from() * perSample), (int) (segment.to() * perSample)))
                .map(this::read)
                .filter(text -> !text.isBlank())
                .collect(Collectors.joining(" "));
    }

    private String read(AudioFrame segment) {
        try {
            return stt.transcribe(segment)
                    .toCompletableFuture()
                    .orTimeout(DEADLINE_SECONDS, TimeUnit.SECONDS)
                    .join()
                    .text()
                    .strip();
        } catch (CompletionException e) {
            throw ProviderException.of(e);
        }
    }

    /** A second at a time, since detectors are made for audio that comes as it is spoken. */
    private List<Window> judge(AudioFrame audio) {
        LinkedBlockingQueue<Window> judged = new LinkedBlockingQueue<>();
        List<Window> windows = new ArrayList<>();
        int step = audio.format().samplesIn(STEP);
        try (ThreadLoop loop = new ThreadLoop("caller-ear", error -> LOG.error("the detector failed", error))) {
            VadSession session = CompletableFuture.supplyAsync(
                            () -> vad.open(loop, (probability, end) -> judged.add(new Window(probability, end))), loop)
                    .join();
            for (int at = 0; at < audio.samples(); at += step) {
                AudioFrame piece = cut(audio, at, at + step);
                loop.execute(() -> session.accept(piece));
                collect(judged, windows, at + piece.samples());
            }
            CompletableFuture.runAsync(session::close, loop).join();
        }
        return windows;
    }

    /** Waits until fewer samples are left than make a window; the first one's end is the length of all. */
    private static void collect(LinkedBlockingQueue<Window> judged, List<Window> windows, int samples) {
        while (windows.isEmpty() || last(windows).end() + windows.get(0).end() <= samples) {
            windows.add(next(judged));
        }
    }

    private static Window last(List<Window> windows) {
        return windows.get(windows.size() - 1);
    }

    private static Window next(LinkedBlockingQueue<Window> judged) {
        try {
            Window window = judged.poll(DEADLINE_SECONDS, TimeUnit.SECONDS);
            if (window != null) {
                return window;
            }
            throw new ProviderException(ProviderException.Kind.TIMEOUT, "the voice activity detector does not answer");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ProviderException(ProviderException.Kind.INTERNAL, "interrupted while transcribing", e);
        }
    }

    private static AudioFrame cut(AudioFrame audio, int from, int to) {
        int width = audio.format().bytesPerSample();
        return AudioFrame.of(
                audio.format(),
                Arrays.copyOfRange(audio.data(), from * width, Math.min(to * width, audio.data().length)));
    }
}
