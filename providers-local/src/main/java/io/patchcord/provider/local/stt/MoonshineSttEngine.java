package io.patchcord.provider.local.stt;

import ai.onnxruntime.OrtException;
import io.patchcord.agent.media.AudioFormat;
import io.patchcord.agent.media.AudioFrame;
import io.patchcord.agent.media.Resampler;
import io.patchcord.agent.spi.ProviderException;
import io.patchcord.agent.spi.ProviderException.Kind;
import io.patchcord.agent.spi.SegmentSttEngine;
import io.patchcord.agent.spi.Transcript;
import io.patchcord.provider.local.onnx.OnnxModel;
import io.patchcord.provider.local.pool.JobPool;
import java.util.StringJoiner;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;

/**
 * Moonshine tiny (English, int8): one model for all calls, each segment recognised on one thread of a bounded pool.
 *
 * <p>It knows telephone speech well, noise badly, and no language but English. Segments are best of 1 to 20 s; longer ones
 * are cut where they are quietest. Thread-safe.
 */
public final class MoonshineSttEngine implements SegmentSttEngine {

    /** A tenth of a second: no word is shorter, and the encoder takes nothing much shorter. */
    private static final int MIN_SAMPLES = 800;

    private final MoonshineModel model = new MoonshineModel();
    private final MoonshineVocabulary vocabulary =
            MoonshineVocabulary.parse(OnnxModel.read(MoonshineSttEngine.class, "tokenizer.bin"));
    private final JobPool pool;
    private final int threads;
    private final AtomicBoolean freed = new AtomicBoolean();

    MoonshineSttEngine(JobPool pool, int threads) {
        this.pool = pool;
        this.threads = threads;
        warmUp();
    }

    private void warmUp() {
        try {
            model.tokens(new float[MoonshineModel.SAMPLE_RATE_HZ], () -> false);
        } catch (OrtException e) {
            throw failure(e);
        }
    }

    @Override
    public String description() {
        return "Moonshine tiny-en, " + threads + (threads == 1 ? " thread" : " threads");
    }

    @Override
    public AudioFormat inputFormat() {
        return AudioFormat.SLIN_8K;
    }

    @Override
    public CompletionStage<Transcript> transcribe(AudioFrame segment) {
        if (!segment.format().equals(AudioFormat.SLIN_8K)) {
            throw new IllegalArgumentException(segment + " given to a recogniser that takes " + AudioFormat.SLIN_8K);
        }
        return pool.submit(abandoned -> recognise(segment, abandoned));
    }

    private Transcript recognise(AudioFrame segment, BooleanSupplier abandoned) throws OrtException {
        StringJoiner text = new StringJoiner(" ");
        for (short[] piece : SegmentCutter.pieces(segment.toSamples())) {
            String words = recognise(piece, abandoned);
            if (!words.isEmpty()) {
                text.add(words);
            }
        }
        return new Transcript(text.toString());
    }

    private String recognise(short[] piece, BooleanSupplier abandoned) throws OrtException {
        if (piece.length < MIN_SAMPLES) {
            return "";
        }
        MoonshineModel.Tokens tokens = model.tokens(upsampled(piece), abandoned);
        if (tokens.urged() && tokens.ids().size() == 1) {
            // Digital silence: the model has no opinion, and says "you".
            return "";
        }
        return vocabulary.decode(tokens.complete() ? tokens.ids() : EchoCutter.withoutEcho(tokens.ids()));
    }

    private static float[] upsampled(short[] piece) {
        short[] twice = new Resampler(AudioFormat.SLIN_8K.sampleRateHz(), MoonshineModel.SAMPLE_RATE_HZ).process(piece);
        float[] samples = new float[twice.length];
        for (int i = 0; i < samples.length; i++) {
            samples[i] = twice[i] / 32_768f;
        }
        return samples;
    }

    private static ProviderException failure(OrtException e) {
        return new ProviderException(Kind.INTERNAL, "speech recognition failed: " + e.getMessage(), e);
    }

    @Override
    public void close() {
        pool.close();
        // Freeing a model that is at work would take the whole process down.
        if (pool.isTerminated() && freed.compareAndSet(false, true)) {
            model.close();
        }
    }
}
