package io.patchcord.provider.deepgram;

import io.patchcord.agent.media.AudioFrame;
import io.patchcord.agent.spi.ProviderException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import okhttp3.Call;
import okhttp3.Callback;
import okhttp3.MediaType;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;

/**
 * Reads the answer to one clause as it comes, on a thread of OkHttp's. Chunks end where the network likes, also in the
 * middle of a sample: the odd byte waits for the next one.
 */
final class SpeakExchange implements Callback {

    private static final int BUFFER_BYTES = 8_192;

    private final Sink sink;
    private final ExchangeErrors errors;

    /** Where the audio goes; called on OkHttp's thread, ended once by {@link #done} or {@link #failed}. */
    interface Sink {

        void audio(AudioFrame audio);

        void done();

        void failed(ProviderException error);
    }

    SpeakExchange(Sink sink, ExchangeErrors errors) {
        this.sink = sink;
        this.errors = errors;
    }

    @Override
    public void onResponse(Call call, Response response) {
        try (response) {
            if (!response.isSuccessful()) {
                sink.failed(errors.refused(response));
            } else if (isText(response.body().contentType())) {
                sink.failed(ExchangeErrors.noAudio(response));
            } else {
                read(response.body().byteStream());
                sink.done();
            }
        } catch (IOException e) {
            sink.failed(ExchangeErrors.broken(e));
        }
    }

    @Override
    public void onFailure(Call call, IOException e) {
        sink.failed(ExchangeErrors.broken(e));
    }

    private void read(InputStream body) throws IOException {
        byte[] buffer = new byte[BUFFER_BYTES];
        int kept = 0;
        int read;
        while ((read = body.read(buffer, kept, buffer.length - kept)) >= 0) {
            int bytes = kept + read;
            kept = bytes % DeepgramTtsEngine.FORMAT.bytesPerSample();
            int whole = bytes - kept;
            if (whole > 0) {
                sink.audio(AudioFrame.of(DeepgramTtsEngine.FORMAT, Arrays.copyOf(buffer, whole)));
                System.arraycopy(buffer, whole, buffer, 0, kept);
            }
        }
    }

    /** A page of some proxy's, say: played to the caller it would be noise. */
    private static boolean isText(@Nullable MediaType type) {
        return type != null && (type.type().equals("text") || type.subtype().endsWith("json"));
    }
}
