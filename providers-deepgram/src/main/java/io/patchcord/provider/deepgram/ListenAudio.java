package io.patchcord.provider.deepgram;

import io.patchcord.agent.media.AudioFormat;
import okhttp3.HttpUrl;

/** How raw audio is named in a query: after Deepgram's page on encodings, both parameters must be there for it. */
final class ListenAudio {

    private ListenAudio() {}

    static HttpUrl.Builder add(HttpUrl.Builder url, AudioFormat format) {
        return url.addQueryParameter("encoding", encoding(format))
                .addQueryParameter("sample_rate", String.valueOf(format.sampleRateHz()));
    }

    private static String encoding(AudioFormat format) {
        return switch (format.encoding()) {
            case SLIN -> "linear16";
            case ULAW -> "mulaw";
            case ALAW -> "alaw";
        };
    }
}
