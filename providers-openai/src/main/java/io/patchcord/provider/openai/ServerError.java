package io.patchcord.provider.openai;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * An error as the API tells it, over HTTP, as an event, or as the reason why a response failed. What is not told is empty.
 *
 * @param words for a person: one line of limited length, and never with the key
 * @param parameter that is wrong
 * @param eventId of the client's message that is refused
 */
record ServerError(String type, String code, String words, String parameter, String eventId) {

    private static final int MAX_WORDS = 300;

    private static final String NO_REASON = "no reason given";

    static final ServerError NONE = new ServerError("", "", NO_REASON, "", "");

    /**
     * From the object under {@code error}; some servers have a plain text there.
     *
     * @param withoutKey takes the key out of a text, which the server may have echoed anywhere
     */
    static ServerError of(JsonNode error, UnaryOperator<String> withoutKey) {
        if (error.isTextual()) {
            return new ServerError("", "", told(error.asText(), withoutKey), "", "");
        }
        String type = Words.of(error, "type");
        String code = Words.of(error, "code");
        String message = Words.of(error, "message");
        String text = Stream.of(message, type, NO_REASON)
                .filter(words -> !words.isBlank())
                .findFirst()
                .orElseThrow();
        return new ServerError(
                type,
                code,
                told(text.contains(code) ? text : text + " (" + code + ")", withoutKey),
                Words.of(error, "param"),
                Words.of(error, "event_id"));
    }

    boolean isNone() {
        return equals(NONE);
    }

    /** The key is taken out first: half of it would not be found any more. */
    private static String told(String text, UnaryOperator<String> withoutKey) {
        String line = withoutKey.apply(text).strip().replaceAll("\\s+", " ");
        if (line.isEmpty()) {
            return NO_REASON;
        }
        return line.length() <= MAX_WORDS ? line : line.substring(0, MAX_WORDS) + "…";
    }
}
