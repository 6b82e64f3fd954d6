package io.patchcord.provider.deepgram;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import okhttp3.HttpUrl;
import okhttp3.MediaType;
import okhttp3.Request;
import okhttp3.RequestBody;

/**
 * Makes the requests of Speak v1, after Deepgram's {@code openapi.yml}: the settings are the query, the text is the body,
 * and without a container the answer is bare samples. Immutable.
 */
final class SpeakRequests {

    private static final MediaType JSON = MediaType.get("application/json");

    private final HttpUrl url;
    private final String key;

    SpeakRequests(HttpUrl speak, String key, String model) {
        this.url = speak.newBuilder()
                .addQueryParameter("model", model)
                .addQueryParameter("encoding", "linear16")
                .addQueryParameter("sample_rate", String.valueOf(DeepgramTtsEngine.FORMAT.sampleRateHz()))
                .addQueryParameter("container", "none")
                .build();
        this.key = key;
    }

    Request of(String text) {
        String body = JsonNodeFactory.instance.objectNode().put("text", text).toString();
        return new Request.Builder()
                .url(url)
                .header("Authorization", "Token " + key)
                .post(RequestBody.create(body, JSON))
                .build();
    }

    /** A text of the server's, which some gateway may have written the key into, without it. */
    String withoutKey(String words) {
        return words.replace(key, "(key)");
    }
}
