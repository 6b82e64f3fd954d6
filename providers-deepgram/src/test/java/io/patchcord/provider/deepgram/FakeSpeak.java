package io.patchcord.provider.deepgram;

import com.fasterxml.jackson.databind.JsonNode;
import io.patchcord.provider.socket.testing.FakeConnection;
import io.patchcord.provider.socket.testing.FakePeer;
import java.util.Arrays;

/** Speak v1 by WebSocket: a tone as long as the text, in pieces of odd length, at Flush. */
final class FakeSpeak implements FakePeer {

    private static final int BYTES_PER_CHARACTER = 800;
    private static final int PIECE = 777;

    private final StringBuilder text = new StringBuilder();
    private int flushed;
    private int cleared;

    @Override
    public void opened(FakeConnection connection) {
        tell(
                connection,
                "{\"type\":\"Metadata\",\"request_id\":\"8c8ebea9-dbec-45fa-a035-e4632cb05b5f\",\"model_name\":\"aura-2-thalia-en\","
                        + "\"model_version\":\"1\",\"model_uuid\":\"c0d1a568-ce81-4fea-97e7-bd45cb1fdf3c\"}");
    }

    @Override
    public void text(FakeConnection connection, String message) {
        JsonNode command = Published.json(message);
        switch (command.path("type").asText()) {
            case "Speak" -> text.append(command.path("text").asText());
            case "Flush" -> flush(connection);
            case "Clear" -> {
                text.setLength(0);
                tell(connection, cleared(cleared++));
            }
            case "Close" -> connection.close(1000, "");
            default -> connection.close(1008, "DATA-0000");
        }
    }

    private void flush(FakeConnection connection) {
        byte[] audio = Arrays.copyOf(
                FakeSpeakRest.TONE, Math.min(FakeSpeakRest.TONE.length, BYTES_PER_CHARACTER * text.length()));
        for (int at = 0; at < audio.length; at += PIECE) {
            connection.sendBinary(Arrays.copyOfRange(audio, at, Math.min(audio.length, at + PIECE)));
        }
        text.setLength(0);
        tell(connection, flushed(flushed++));
    }

    static String flushed(int number) {
        return "{\"type\":\"Flushed\",\"sequence_id\":" + number + "}";
    }

    static String cleared(int number) {
        return "{\"type\":\"Cleared\",\"sequence_id\":" + number + "}";
    }

    private static void tell(FakeConnection connection, String message) {
        Published.checkServer("deepgram-speak-v1", message);
        connection.sendText(message);
    }
}
