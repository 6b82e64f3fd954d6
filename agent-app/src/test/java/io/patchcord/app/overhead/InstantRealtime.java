package io.patchcord.app.overhead;

import io.patchcord.provider.socket.testing.FakeConnection;
import io.patchcord.provider.socket.testing.FakePeer;
import java.util.Base64;

/** OpenAI's Realtime API as far as the measurement needs it: answers in the moment in which it hears something. */
final class InstantRealtime implements FakePeer {

    private static final String APPEND = "\"input_audio_buffer.append\"";
    private static final String AUDIO = "\"audio\":\"";
    private static final String ANSWER = Base64.getEncoder().encodeToString(BenchCall.answerInMuLaw());

    private final BenchCall call;
    private int turn;

    InstantRealtime(BenchCall call) {
        this.call = call;
    }

    @Override
    public void opened(FakeConnection connection) {
        send(
                connection,
                "session.created",
                "\"session\":{\"type\":\"realtime\",\"object\":\"realtime.session\",\"id\":\"s\"}");
    }

    @Override
    public void text(FakeConnection connection, String message) {
        if (message.contains(APPEND)) {
            int audio = message.indexOf(AUDIO) + AUDIO.length();
            byte first = Base64.getDecoder().decode(message.substring(audio, audio + 4))[0];
            if (BenchCall.isLoud(first) && call.heardByProvider()) {
                answer(connection);
            }
        } else if (message.contains("\"session.update\"")) {
            send(connection, "session.updated", "\"session\":{\"type\":\"realtime\",\"id\":\"s\"}");
        } else if (message.contains("\"response.create\"")) {
            turn++;
            send(connection, "response.created", response("in_progress"));
            send(connection, "response.done", response("completed"));
        }
    }

    private void answer(FakeConnection connection) {
        turn++;
        String item = "\"item_id\":\"u" + turn + "\"";
        send(connection, "input_audio_buffer.speech_started", "\"audio_start_ms\":0," + item);
        send(connection, "input_audio_buffer.speech_stopped", "\"audio_end_ms\":20," + item);
        send(connection, "input_audio_buffer.committed", "\"previous_item_id\":null," + item);
        send(connection, "response.created", response("in_progress"));
        String part = "\"response_id\":\"r" + turn + "\",\"output_index\":0";
        String content = part + ",\"item_id\":\"a" + turn + "\",\"content_index\":0";
        send(
                connection,
                "response.output_item.added",
                part + ",\"item\":{\"id\":\"a" + turn
                        + "\",\"object\":\"realtime.item\",\"type\":\"message\",\"status\":\"in_progress\",\"role\":\"assistant\","
                        + "\"content\":[]}");
        send(connection, "response.content_part.added", content + ",\"part\":{\"type\":\"audio\",\"transcript\":\"\"}");
        call.answered();
        send(connection, "response.output_audio.delta", content + ",\"delta\":\"" + ANSWER + "\"");
        send(connection, "response.output_audio.done", content);
        send(connection, "response.done", response("completed"));
    }

    private String response(String status) {
        return "\"response\":{\"object\":\"realtime.response\",\"id\":\"r" + turn + "\",\"status\":\"" + status
                + "\",\"status_details\":null,\"output\":[],\"usage\":null}";
    }

    private static void send(FakeConnection connection, String type, String fields) {
        connection.sendText("{\"type\":\"" + type + "\",\"event_id\":\"e\"," + fields + "}");
    }
}
