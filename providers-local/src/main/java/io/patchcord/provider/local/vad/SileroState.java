package io.patchcord.provider.local.vad;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import io.patchcord.agent.spi.ProviderException;
import io.patchcord.agent.spi.ProviderException.Kind;
import io.patchcord.provider.local.onnx.OnnxModel;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.LongBuffer;
import java.util.Map;
import java.util.Set;

/**
 * What the detector remembers of one call, with the native buffers of its inputs and outputs, which are used over and over:
 * {@code input} [1, 288], {@code state} [2, 1, 128] and {@code sr} in, {@code output} [1, 1] and {@code stateN} out.
 *
 * <p>Not thread-safe: used by one thread at a time.
 */
final class SileroState implements AutoCloseable {

    static final int WINDOW_SAMPLES = 256;
    static final int CONTEXT_SAMPLES = 32;
    /** What the model is fed at 8 kHz: the end of the window before, then the window. */
    static final int INPUT_SAMPLES = CONTEXT_SAMPLES + WINDOW_SAMPLES;

    private static final long SAMPLE_RATE_HZ = 8_000;
    private static final int STATE_FLOATS = 2 * 128;
    private static final long[] STATE_SHAPE = {2, 1, 128};

    private final OrtSession model;
    private final FloatBuffer input = floats(INPUT_SAMPLES);
    private final FloatBuffer output = floats(1);
    private final OnnxTensor inputTensor;
    private final OnnxTensor rateTensor;
    private final OnnxTensor outputTensor;
    private final OnnxTensor evenState;
    private final OnnxTensor oddState;
    private final Map<String, OnnxTensor> evenInputs;
    private final Map<String, OnnxTensor> evenOutputs;
    private final Map<String, OnnxTensor> oddInputs;
    private final Map<String, OnnxTensor> oddOutputs;
    private boolean odd;
    private boolean closed;

    SileroState(OrtSession model) {
        this.model = model;
        OrtEnvironment environment = OnnxModel.environment();
        try {
            LongBuffer rate = ByteBuffer.allocateDirect(Long.BYTES)
                    .order(ByteOrder.nativeOrder())
                    .asLongBuffer()
                    .put(0, SAMPLE_RATE_HZ);
            inputTensor = OnnxTensor.createTensor(environment, input, new long[] {1, INPUT_SAMPLES});
            rateTensor = OnnxTensor.createTensor(environment, rate, new long[0]);
            outputTensor = OnnxTensor.createTensor(environment, output, new long[] {1, 1});
            evenState = OnnxTensor.createTensor(environment, floats(STATE_FLOATS), STATE_SHAPE);
            oddState = OnnxTensor.createTensor(environment, floats(STATE_FLOATS), STATE_SHAPE);
        } catch (OrtException e) {
            throw failure(e);
        }
        evenInputs = Map.of("input", inputTensor, "sr", rateTensor, "state", evenState);
        evenOutputs = Map.of("output", outputTensor, "stateN", oddState);
        oddInputs = Map.of("input", inputTensor, "sr", rateTensor, "state", oddState);
        oddOutputs = Map.of("output", outputTensor, "stateN", evenState);
    }

    /**
     * Judges the next window.
     *
     * @param samples context and window, from -1 to 1
     */
    float probability(float[] samples) {
        input.put(0, samples);
        try {
            model.run(odd ? oddInputs : evenInputs, Set.of(), odd ? oddOutputs : evenOutputs)
                    .close();
            odd = !odd;
            return output.get(0);
        } catch (OrtException e) {
            throw failure(e);
        }
    }

    private static ProviderException failure(OrtException e) {
        return new ProviderException(Kind.INTERNAL, "voice activity detection failed: " + e.getMessage(), e);
    }

    private static FloatBuffer floats(int count) {
        return ByteBuffer.allocateDirect(count * Float.BYTES)
                .order(ByteOrder.nativeOrder())
                .asFloatBuffer();
    }

    /** Frees the native side. Idempotent. */
    @Override
    public void close() {
        if (!closed) {
            closed = true;
            inputTensor.close();
            rateTensor.close();
            outputTensor.close();
            evenState.close();
            oddState.close();
        }
    }
}
