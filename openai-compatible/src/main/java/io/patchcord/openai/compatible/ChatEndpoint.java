package io.patchcord.openai.compatible;

import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import okhttp3.HttpUrl;

/** Where and how chat completions are asked for. Its text never shows the key. */
record ChatEndpoint(
        HttpUrl url,
        Optional<String> apiKey,
        Map<String, String> headers,
        String model,
        OptionalDouble temperature,
        int maxTokens,
        String maxTokensField) {

    @Override
    public String toString() {
        return "ChatEndpoint[" + url + ", " + model + "]";
    }
}
