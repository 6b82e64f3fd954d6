package io.patchcord.app.overhead;

import io.patchcord.provider.socket.testing.FakeConnection;
import io.patchcord.provider.socket.testing.FakePeer;

/** Deepgram's Voice Agent as far as the measurement needs it: answers in the moment in which it hears something. */
final class InstantVoiceAgent implements FakePeer {

    private static final byte[] ANSWER = BenchCall.answerInMuLaw();

    private final BenchCall call;

    InstantVoiceAgent(BenchCall call) {
        this.call = call;
    }

    @Override
    public void opened(FakeConnection connection) {
        connection.sendText("{\"type\":\"Welcome\",\"request_id\":\"fc553ec9-5874-49ca-a47c-b670d525a4b1\"}");
    }

    @Override
    public void text(FakeConnection connection, String message) {
        if (message.contains("\"Settings\"")) {
            connection.sendText("{\"type\":\"SettingsApplied\"}");
        }
    }

    @Override
    public void binary(FakeConnection connection, byte[] message) {
        if (!BenchCall.isLoud(message[0]) || !call.heardByProvider()) {
            return;
        }
        connection.sendText("{\"type\":\"UserStartedSpeaking\"}");
        connection.sendText("{\"type\":\"ConversationText\",\"role\":\"user\",\"content\":\"Hello?\"}");
        connection.sendText("{\"type\":\"ConversationText\",\"role\":\"assistant\",\"content\":\"Yes.\"}");
        connection.sendText(
                "{\"type\":\"AgentStartedSpeaking\",\"total_latency\":0.0,\"tts_latency\":0.0,\"ttt_latency\":0.0}");
        call.answered();
        connection.sendBinary(ANSWER);
        connection.sendText("{\"type\":\"AgentAudioDone\"}");
    }
}
