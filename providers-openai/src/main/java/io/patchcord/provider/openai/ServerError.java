package io.patchcord.provider.openai;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * An error as the API tells it, over HTTP, as an event, or as the reason why a response failed. What is not told is empty.
 *
 * @param parameter that is wrong
 * @param eventId of the client's message that is refused
 */
record ServerError(String type, String code, String message, String parameter, String eventId) {

    static final ServerError NONE = new ServerError("", "", "", "", "");

    private static final int MAX_WORDS = 300;

    /** From the object under {@code error}; some servers have a plain text there. */
    static ServerError of(JsonNode error) {
        if (error.isTextual()) {
            return new ServerError("", "", shortened(error.asText()), "", "");
        }
        return new ServerError(
                Words.of(error, "type"),
                Words.of(error, "code"),
                shortened(Words.of(error, "message")),
                Words.of(error, "param"),
                Words.of(error, "event_id"));
    }

    boolean isNone() {
        return equals(NONE);
    }

    /** For a person: the message, with the code where there is one. */
    String words() {
        String words = message.isEmpty() ? type : message;
        String text = words.isEmpty() ? "no reason given" : words;
        return code.isEmpty() || text.contains(code) ? text : text + " (" + code + ")";
    }

    private static String shortened(String text) {
        String line = text.strip().replaceAll("\\s+", " ");
        return line.length() <= MAX_WORDS ? line : line.substring(0, MAX_WORDS) + "…";
    }
}
