package io.patchcord.openai.compatible;

import io.patchcord.agent.media.AudioFormat;
import io.patchcord.agent.media.AudioFrame;
import io.patchcord.agent.spi.ProviderException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Set;
import okhttp3.Call;
import okhttp3.Callback;
import okhttp3.MediaType;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;

/** Reads the answer to one clause as it comes, on a thread of OkHttp's. */
final class SpeechExchange implements Callback {

    private static final int BUFFER_BYTES = 8_192;
    private static final Set<String> COMPRESSED = Set.of("mpeg", "mp3", "ogg", "opus", "aac", "flac", "webm", "mp4");

    private final AudioFormat format;
    private final ServerErrors errors;
    private final Sink sink;

    /** Where the audio goes; called on OkHttp's thread, ended once by {@link #done} or {@link #failed}. */
    interface Sink {

        void audio(AudioFrame audio);

        void done();

        void failed(ProviderException error);
    }

    SpeechExchange(AudioFormat format, ServerErrors errors, Sink sink) {
        this.format = format;
        this.errors = errors;
        this.sink = sink;
    }

    @Override
    public void onResponse(Call call, Response response) {
        try (response) {
            if (!response.isSuccessful()) {
                sink.failed(errors.of(null, response));
            } else if (isNoPcm(response.body().contentType())) {
                sink.failed(errors.nonsense("answered with " + response.body().contentType()
                        + " where bare samples were asked for; is the address right?"));
            } else {
                read(response.body().byteStream());
                sink.done();
            }
        } catch (IOException | ProviderException e) {
            sink.failed(errors.of(e, null));
        }
    }

    @Override
    public void onFailure(Call call, IOException e) {
        sink.failed(errors.of(e, null));
    }

    private void read(InputStream body) throws IOException {
        AudioBody audio = new AudioBody(format, errors);
        byte[] buffer = new byte[BUFFER_BYTES];
        for (int length = body.read(buffer); length >= 0; length = body.read(buffer)) {
            audio.read(buffer, length).ifPresent(sink::audio);
        }
        audio.end().ifPresent(sink::audio);
    }

    /** A page of some proxy's, or audio of a kind that would be noise if it were played as it is. */
    private static boolean isNoPcm(@Nullable MediaType type) {
        return type != null
                && (type.type().equals("text")
                        || type.subtype().endsWith("json")
                        || COMPRESSED.contains(type.subtype()));
    }
}
