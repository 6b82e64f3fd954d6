package io.patchcord.provider.local.embedding;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import io.patchcord.agent.spi.ProviderException;
import io.patchcord.agent.spi.ProviderException.Kind;
import io.patchcord.provider.local.onnx.OnnxModel;
import java.nio.FloatBuffer;
import java.nio.LongBuffer;
import java.util.Arrays;
import java.util.Map;

/**
 * all-MiniLM-L6-v2 (English, int8): turns a sentence into an {@link Embedding}, on the thread that asks, in a few milliseconds.
 * One model for all calls. Thread-safe, but for {@link #close}.
 */
public final class SentenceEmbedder implements AutoCloseable {

    private static final int SIZE = 384;

    private final OrtEnvironment environment = OnnxModel.environment();
    private final OrtSession model = OnnxModel.load(SentenceEmbedder.class, "all-minilm-l6-v2-q.onnx");
    private final WordPieceTokenizer tokenizer =
            WordPieceTokenizer.parse(OnnxModel.read(SentenceEmbedder.class, "all-minilm-l6-v2-q-tokenizer.json"));

    /** Where the text lies: the mean of what the model says of its tokens. */
    public Embedding embed(String text) {
        long[] ids = tokenizer.ids(text);
        long[] ones = new long[ids.length];
        Arrays.fill(ones, 1);
        long[] shape = {1, ids.length};
        try (OnnxTensor inputIds = OnnxTensor.createTensor(environment, LongBuffer.wrap(ids), shape);
                OnnxTensor mask = OnnxTensor.createTensor(environment, LongBuffer.wrap(ones), shape);
                OnnxTensor types = OnnxTensor.createTensor(environment, LongBuffer.wrap(new long[ids.length]), shape);
                OrtSession.Result result =
                        model.run(Map.of("input_ids", inputIds, "attention_mask", mask, "token_type_ids", types))) {
            return new Embedding(sum(((OnnxTensor) result.get(0)).getFloatBuffer(), ids.length));
        } catch (OrtException e) {
            throw new ProviderException(Kind.INTERNAL, "the sentence model failed: " + e.getMessage(), e);
        }
    }

    /** The sum has the direction of the mean. */
    private static float[] sum(FloatBuffer tokens, int count) {
        float[] sum = new float[SIZE];
        for (int token = 0; token < count; token++) {
            for (int i = 0; i < SIZE; i++) {
                sum[i] += tokens.get(token * SIZE + i);
            }
        }
        return sum;
    }

    /** Frees the model. To be called once, when no thread is at work with it. */
    @Override
    public void close() {
        try {
            model.close();
        } catch (OrtException e) {
            throw new IllegalStateException("the sentence model does not close", e);
        }
    }
}
