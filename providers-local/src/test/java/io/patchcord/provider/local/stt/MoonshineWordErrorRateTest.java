package io.patchcord.provider.local.stt;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchcord.agent.media.AudioFrame;
import io.patchcord.agent.spi.Transcript;
import io.patchcord.agent.spi.VadEngine;
import io.patchcord.provider.local.SharedFiles;
import io.patchcord.provider.local.TestSpeech;
import io.patchcord.provider.local.pool.JobPool;
import io.patchcord.provider.local.vad.SileroVadEngine;
import io.patchcord.provider.local.vad.VadRun;
import io.patchcord.provider.local.vad.VadWindow;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Detector and recogniser together over 220 s of human speech on a telephone band. */
class MoonshineWordErrorRateTest {

    private static final Logger LOG = LoggerFactory.getLogger(MoonshineWordErrorRateTest.class);
    private static final int PRE_ROLL = 8 * 400;
    private static final int HANG = 8 * 600;

    @Test
    void telephoneSpeech_isRecognisedWithFewWordErrors() throws IOException {
        Path clips = SharedFiles.find("speech/tel8k");
        List<String> transcripts = Files.readAllLines(SharedFiles.find("speech/transcripts.tsv"));
        WordErrors total = new WordErrors(0, 0);
        try (VadEngine vad = new SileroVadEngine(1);
                MoonshineSttEngine stt =
                        new MoonshineSttEngine(new JobPool("stt", 2, 1_000, Duration.ofMinutes(5)), 2)) {
            Map<String, List<CompletableFuture<Transcript>>> pending = new LinkedHashMap<>();
            for (String line : transcripts) {
                String[] nameAndWords = line.split("\t", 2);
                AudioFrame clip = TestSpeech.file(clips.resolve(nameAndWords[0] + ".wav"));
                pending.put(
                        nameAndWords[1],
                        segments(vad, TestSpeech.padded(clip, 0, 1_000)).stream()
                                .map(segment -> stt.transcribe(segment).toCompletableFuture())
                                .toList());
            }
            for (Map.Entry<String, List<CompletableFuture<Transcript>>> clip : pending.entrySet()) {
                String heard = clip.getValue().stream()
                        .map(CompletableFuture::join)
                        .map(Transcript::text)
                        .collect(Collectors.joining(" "));
                WordErrors errors = WordErrors.of(clip.getKey(), heard);
                LOG.debug("{}\n  {}\n  {}", errors, clip.getKey(), heard);
                total = total.plus(errors);
            }
        }
        LOG.info("{} word errors in {} words", total.errors(), total.words());
        assertThat(total.words()).isGreaterThan(500);
        assertThat(total.rate()).isLessThan(0.08);
    }

    /** From 400 ms before the first speech to 600 ms after the last. */
    private static List<AudioFrame> segments(VadEngine engine, AudioFrame clip) {
        short[] samples = clip.toSamples();
        List<VadWindow> windows = VadRun.over(engine, clip);
        List<AudioFrame> segments = new ArrayList<>();
        int start = -1;
        int speechEnd = 0;
        for (VadWindow window : windows) {
            int end = (int) window.endSample();
            if (window.probability() > 0.5 && start < 0) {
                start = Math.max(end - 256 - PRE_ROLL, speechEnd);
            }
            if (window.probability() > 0.35 && start >= 0) {
                speechEnd = end;
            }
            boolean last = end + 256 > samples.length;
            if (start >= 0 && (end - speechEnd >= HANG || last)) {
                segments.add(AudioFrame.ofSamples(8_000, samples, start, end - start));
                start = -1;
            }
        }
        return segments;
    }
}
