package io.patchcord.provider.deepgram.agent;

import io.patchcord.agent.media.AudioFormat;
import io.patchcord.agent.media.AudioFrame;
import io.patchcord.agent.spi.Rehearsal;
import io.patchcord.agent.spi.S2sRequest;
import io.patchcord.agent.spi.S2sSession;
import io.patchcord.provider.socket.ProviderSocket;
import io.patchcord.provider.socket.SocketListener;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** A {@link Rehearsal} of a conversation with the Voice Agent. */
final class AgentRehearsal {

    private static final List<String> BEFORE_AUDIO = List.of(
            "{\"type\":\"Welcome\",\"request_id\":\"r\"}",
            "{\"type\":\"SettingsApplied\"}",
            "{\"type\":\"ConversationText\",\"role\":\"assistant\",\"content\":\"" + Rehearsal.GREETING + "\"}");
    private static final List<String> AFTER_AUDIO = List.of(
            "{\"type\":\"UserStartedSpeaking\"}",
            "{\"type\":\"ConversationText\",\"role\":\"user\",\"content\":\"Yes\"}",
            "{\"type\":\"AgentThinking\",\"content\":\"\"}",
            "{\"type\":\"FunctionCallRequest\",\"functions\":[{\"id\":\"c1\",\"name\":\"" + Rehearsal.TOOL
                    + "\",\"arguments\":\"{}\"," + "\"client_side\":true}]}");

    private final CompletableFuture<SocketListener> connected = new CompletableFuture<>();

    private AgentRehearsal() {}

    /** Returns at once; completes when it is over, and never with a failure. */
    static CompletableFuture<Void> of(AgentConfig config) {
        return Rehearsal.of("deepgram-rehearsal", request -> new AgentRehearsal().play(config, request));
    }

    private void play(AgentConfig config, S2sRequest request) {
        S2sSession session = new DeepgramAgentSession(
                config,
                (to, executor, listener) -> {
                    connected.complete(listener);
                    return ProviderSocket.toNobody();
                },
                request,
                event -> {});
        SocketListener service = connected.join();
        service.opened(Map.of());
        BEFORE_AUDIO.forEach(service::text);
        session.sendAudio(AudioFrame.silence(AudioFormat.SLIN_8K, Duration.ofMillis(20)));
        service.binary(new byte[] {-1, -1, -1, -1});
        session.interrupt("deepgram-1", Duration.ZERO);
        AFTER_AUDIO.forEach(service::text);
        session.toolResult("c1", "{}");
        session.close();
    }
}
