package io.patchcord.provider.deepgram;

import java.util.ArrayList;
import java.util.List;
import okhttp3.HttpUrl;
import okhttp3.MediaType;
import okhttp3.Request;
import okhttp3.RequestBody;

/**
 * What is sent to Speak v1 for one voice, after Deepgram's {@code openapi.yml} and {@code asyncapi.yml}: the settings are the
 * query; the text is a body, or a message. By REST the answer is bare samples only when no container is asked for; a WebSocket
 * knows no containers. Immutable.
 */
final class SpeakRequests {

    static final String FLUSH = "{\"type\":\"Flush\"}";
    static final String CLEAR = "{\"type\":\"Clear\"}";
    static final String CLOSE = "{\"type\":\"Close\"}";

    /** Deepgram takes about so many in one message. */
    private static final int MAX_CHARACTERS = 2_000;

    private static final MediaType JSON = MediaType.get("application/json");

    private final HttpUrl socket;
    private final HttpUrl rest;
    private final String authorization;

    SpeakRequests(DeepgramAccount account, String model, boolean optOut) {
        HttpUrl.Builder url = account.product("v1/speak")
                .addQueryParameter("model", model)
                .addQueryParameter("encoding", "linear16")
                .addQueryParameter("sample_rate", String.valueOf(DeepgramTtsEngine.FORMAT.sampleRateHz()));
        if (optOut) {
            url.addQueryParameter("mip_opt_out", "true");
        }
        this.socket = url.build();
        this.rest = url.addQueryParameter("container", "none").build();
        this.authorization = account.authorization();
    }

    /** Where a WebSocket is opened. */
    HttpUrl socket() {
        return socket;
    }

    /** One text by REST. */
    Request rest(String text) {
        String body = Json.object().put("text", text).toString();
        return new Request.Builder()
                .url(rest)
                .header("Authorization", authorization)
                .post(RequestBody.create(body, JSON))
                .build();
    }

    /** The messages for one text, cut between words where it is too long for one. */
    static List<String> speak(String text) {
        List<String> messages = new ArrayList<>();
        String rest = text;
        while (rest.length() > MAX_CHARACTERS) {
            int blank = rest.lastIndexOf(' ', MAX_CHARACTERS);
            int cut = blank > 0 ? blank : rest.offsetByCodePoints(0, rest.codePointCount(0, MAX_CHARACTERS));
            messages.add(message(rest.substring(0, cut)));
            rest = rest.substring(cut);
        }
        messages.add(message(rest));
        return messages;
    }

    private static String message(String text) {
        return Json.object().put("type", "Speak").put("text", text).toString();
    }
}
