package io.patchcord.provider.deepgram;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Locale;

/** Messages as the two versions of Listen send them. */
final class ListenMessages {

    private static final String REQUEST_ID = "8c8ebea9-dbec-45fa-a035-e4632cb05b5f";

    private ListenMessages() {}

    static String interim(double start, double duration, String text) {
        return results(start, duration, text, false, false, false);
    }

    static String isFinal(double start, double duration, String text) {
        return results(start, duration, text, true, false, false);
    }

    static String speechFinal(double start, double duration, String text) {
        return results(start, duration, text, true, true, false);
    }

    static String fromFinalize(double start, double duration, String text) {
        return results(start, duration, text, true, false, true);
    }

    private static String results(
            double start, double duration, String text, boolean isFinal, boolean speechFinal, boolean fromFinalize) {
        ObjectNode message = Published.MAPPER.createObjectNode().put("type", "Results");
        message.putArray("channel_index").add(0).add(1);
        message.put("duration", duration)
                .put("start", start)
                .put("is_final", isFinal)
                .put("speech_final", speechFinal)
                .put("from_finalize", fromFinalize);
        ObjectNode best = message.putObject("channel").putArray("alternatives").addObject();
        best.put("transcript", text).put("confidence", text.isEmpty() ? 0 : 0.99);
        words(best.putArray("words"), start, duration, text);
        ObjectNode metadata = message.putObject("metadata").put("request_id", REQUEST_ID);
        metadata.putObject("model_info")
                .put("name", "2-general-nova")
                .put("version", "2024-01-18.26916")
                .put("arch", "nova-3");
        metadata.put("model_uuid", "c0d1a568-ce81-4fea-97e7-bd45cb1fdf3c");
        return told("deepgram-listen-v1", message);
    }

    private static void words(ArrayNode words, double start, double duration, String text) {
        String[] all = text.isEmpty() ? new String[0] : text.split(" ");
        for (int i = 0; i < all.length; i++) {
            words.addObject()
                    .put("word", all[i].toLowerCase(Locale.ROOT).replaceAll("\\W", ""))
                    .put("start", start + duration * i / all.length)
                    .put("end", start + duration * (i + 1) / all.length)
                    .put("confidence", 0.99)
                    .put("punctuated_word", all[i]);
        }
    }

    static String utteranceEnd(double lastWordEnd) {
        ObjectNode message = Published.MAPPER.createObjectNode().put("type", "UtteranceEnd");
        message.putArray("channel").add(0).add(1);
        return told("deepgram-listen-v1", message.put("last_word_end", lastWordEnd));
    }

    static String connected(int sequence) {
        return told(
                "deepgram-listen-v2",
                Published.MAPPER
                        .createObjectNode()
                        .put("type", "Connected")
                        .put("request_id", REQUEST_ID)
                        .put("sequence_id", sequence));
    }

    static String turnInfo(int sequence, int turn, String event, String text) {
        ObjectNode message = Published.MAPPER
                .createObjectNode()
                .put("type", "TurnInfo")
                .put("request_id", REQUEST_ID)
                .put("sequence_id", sequence)
                .put("event", event)
                .put("turn_index", turn)
                .put("audio_window_start", 0.0)
                .put("audio_window_end", 0.24 * sequence)
                .put("transcript", text);
        ArrayNode words = message.putArray("words");
        for (String word : text.isEmpty() ? new String[0] : text.split(" ")) {
            words.addObject().put("word", word).put("confidence", 0.98);
        }
        if (event.equals("EndOfTurn")) {
            message.put("trigger", "model");
        }
        return told("deepgram-listen-v2", message.put("end_of_turn_confidence", 0.5));
    }

    static String error(int sequence, String code, String description) {
        return told(
                "deepgram-listen-v2",
                Published.MAPPER
                        .createObjectNode()
                        .put("type", "Error")
                        .put("sequence_id", sequence)
                        .put("code", code)
                        .put("description", description));
    }

    private static String told(String protocol, ObjectNode message) {
        Published.checkServer(protocol, message.toString());
        return message.toString();
    }
}
