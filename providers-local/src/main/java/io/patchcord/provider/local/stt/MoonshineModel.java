package io.patchcord.provider.local.stt;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OnnxValue;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import io.patchcord.provider.local.onnx.OnnxModel;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.LongBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;

/**
 * Moonshine tiny (English): an encoder over 16 kHz samples and a decoder that is asked for one token after another, the most
 * likely one each time. Stateless between calls of {@link #tokens}, and thread-safe.
 *
 * <p>The decoder file holds two graphs: without a cache for the first step, with one for the later ones. The encoder's part of
 * the cache comes out of the first step and is handed in again at each later one; what those put out in its place is void.
 *
 * <p>Now and then it wants to end before the first token though there is speech (3 of 52 telephone segments; 100 ms more
 * silence or less changes it, at random). It is hardly sure of it then: the end is ahead of a word by 0 to 4.2, where noise
 * puts it ahead by 6.9 to 9.3. So such an end is not taken.
 */
final class MoonshineModel implements AutoCloseable {

    static final int SAMPLE_RATE_HZ = 16_000;

    private static final int LAYERS = 6;
    private static final int VOCABULARY = 32_768;
    private static final long START = 1;
    private static final int STOP = 2;
    private static final float CERTAIN_END = 5.5f;
    private static final double MAX_TOKENS_PER_SECOND = 6.5;
    private static final long[] EMPTY_CACHE_SHAPE = {0, 8, 1, 36};
    private static final List<String> DECODER_CACHE = cacheNames("decoder");
    private static final List<String> ENCODER_CACHE = cacheNames("encoder");

    private final OrtEnvironment environment = OnnxModel.environment();
    private final OrtSession encoder = OnnxModel.load(MoonshineModel.class, "encoder.onnx");
    private final OrtSession decoder = OnnxModel.load(MoonshineModel.class, "decoder.onnx");
    private final Set<String> firstOutputs = new LinkedHashSet<>();
    private final Set<String> laterOutputs = new LinkedHashSet<>();

    MoonshineModel() {
        DECODER_CACHE.forEach(name -> laterOutputs.add("present." + name));
        firstOutputs.addAll(laterOutputs);
        ENCODER_CACHE.forEach(name -> firstOutputs.add("present." + name));
    }

    private static List<String> cacheNames(String part) {
        return IntStream.range(0, LAYERS)
                .boxed()
                .flatMap(layer -> List.of(layer + "." + part + ".key", layer + "." + part + ".value").stream())
                .toList();
    }

    /**
     * What came out of the decoder.
     *
     * @param complete whether it came to an end by itself
     * @param urged whether it would rather have said nothing, and was made to say what it thought next likely
     */
    record Tokens(List<Integer> ids, boolean complete, boolean urged) {}

    /**
     * Recognises the samples.
     *
     * @param abandoned asked before each token; once true, what there is so far is returned
     */
    Tokens tokens(float[] samples, BooleanSupplier abandoned) throws OrtException {
        try (OnnxTensor input = OnnxTensor.createTensor(
                        environment, FloatBuffer.wrap(samples), new long[] {1, samples.length});
                OrtSession.Result encoded = encoder.run(Map.of("input_values", input))) {
            int limit = (int) Math.ceil((double) samples.length / SAMPLE_RATE_HZ * MAX_TOKENS_PER_SECOND) + 2;
            return decode((OnnxTensor) encoded.get(0), limit, abandoned);
        }
    }

    private Tokens decode(OnnxTensor hidden, int limit, BooleanSupplier abandoned) throws OrtException {
        List<Integer> ids = new ArrayList<>(limit);
        LongBuffer token = direct(Long.BYTES).asLongBuffer();
        FloatBuffer logits = direct(VOCABULARY * Float.BYTES).asFloatBuffer();
        List<OrtSession.Result> results = new ArrayList<>(2);
        try (OnnxTensor tokenTensor = OnnxTensor.createTensor(environment, token, new long[] {1, 1});
                OnnxTensor logitsTensor = OnnxTensor.createTensor(environment, logits, new long[] {1, 1, VOCABULARY});
                OnnxTensor empty = OnnxTensor.createTensor(environment, FloatBuffer.allocate(0), EMPTY_CACHE_SHAPE);
                OnnxTensor first = OnnxTensor.createTensor(environment, new boolean[] {false});
                OnnxTensor later = OnnxTensor.createTensor(environment, new boolean[] {true})) {
            Map<String, OnnxTensor> inputs = new HashMap<>();
            Map<String, OnnxTensor> outputs = Map.of("logits", logitsTensor);
            inputs.put("input_ids", tokenTensor);
            inputs.put("encoder_hidden_states", hidden);
            inputs.put("use_cache_branch", first);
            DECODER_CACHE.forEach(name -> inputs.put("past_key_values." + name, empty));
            ENCODER_CACHE.forEach(name -> inputs.put("past_key_values." + name, empty));
            token.put(0, START);
            boolean urged = false;
            while (ids.size() < limit && !abandoned.getAsBoolean()) {
                boolean isFirst = ids.isEmpty();
                OrtSession.Result result = decoder.run(inputs, isFirst ? firstOutputs : laterOutputs, outputs);
                results.add(result);
                int best = argMax(logits);
                if (best == STOP && isFirst) {
                    best = urge(logits);
                    urged = best != STOP;
                }
                if (best == STOP) {
                    return new Tokens(ids, true, urged);
                }
                ids.add(best);
                token.put(0, best);
                inputs.put("use_cache_branch", later);
                feedBack(result, inputs, DECODER_CACHE);
                if (isFirst) {
                    feedBack(result, inputs, ENCODER_CACHE);
                } else if (results.size() > 2) {
                    // The first result holds the encoder's cache and stays; the one before this is used up.
                    results.remove(1).close();
                }
            }
            return new Tokens(ids, false, urged);
        } finally {
            results.forEach(OrtSession.Result::close);
        }
    }

    /** The most likely token but for the end, unless the end is far more likely. */
    private static int urge(FloatBuffer logits) {
        float end = logits.get(STOP);
        logits.put(STOP, Float.NEGATIVE_INFINITY);
        int best = argMax(logits);
        return end - logits.get(best) > CERTAIN_END ? STOP : best;
    }

    private static void feedBack(OrtSession.Result result, Map<String, OnnxTensor> inputs, List<String> names) {
        for (String name : names) {
            OnnxValue value = result.get("present." + name).orElseThrow();
            inputs.put("past_key_values." + name, (OnnxTensor) value);
        }
    }

    private static int argMax(FloatBuffer logits) {
        int best = 0;
        float highest = logits.get(0);
        for (int i = 1; i < VOCABULARY; i++) {
            float logit = logits.get(i);
            if (logit > highest) {
                highest = logit;
                best = i;
            }
        }
        return best;
    }

    private static ByteBuffer direct(int bytes) {
        return ByteBuffer.allocateDirect(bytes).order(ByteOrder.nativeOrder());
    }

    /** Frees both models. To be called once, when no thread is at work with them. */
    @Override
    public void close() {
        try {
            encoder.close();
            decoder.close();
        } catch (OrtException e) {
            throw new IllegalStateException("the STT model does not close", e);
        }
    }
}
