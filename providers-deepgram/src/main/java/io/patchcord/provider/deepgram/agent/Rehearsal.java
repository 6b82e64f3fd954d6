package io.patchcord.provider.deepgram.agent;

import io.patchcord.agent.loop.CallLoop;
import io.patchcord.agent.loop.ThreadLoop;
import io.patchcord.agent.media.AudioFormat;
import io.patchcord.agent.media.AudioFrame;
import io.patchcord.agent.spi.S2sRequest;
import io.patchcord.agent.spi.S2sSession;
import io.patchcord.agent.spi.ToolSpec;
import io.patchcord.provider.socket.ProviderSocket;
import io.patchcord.provider.socket.SocketListener;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Holds one short conversation with nobody, so that the first callers need not wait until Java has loaded all that a
 * conversation takes.
 */
final class Rehearsal {

    private static final Logger log = LoggerFactory.getLogger(Rehearsal.class);

    private static final String GREETING = "Hi";
    private static final List<String> BEFORE_AUDIO = List.of(
            "{\"type\":\"Welcome\",\"request_id\":\"r\"}",
            "{\"type\":\"SettingsApplied\"}",
            "{\"type\":\"ConversationText\",\"role\":\"assistant\",\"content\":\"" + GREETING + "\"}");
    private static final List<String> AFTER_AUDIO = List.of(
            "{\"type\":\"UserStartedSpeaking\"}",
            "{\"type\":\"ConversationText\",\"role\":\"user\",\"content\":\"Yes\"}",
            "{\"type\":\"AgentThinking\",\"content\":\"\"}",
            "{\"type\":\"FunctionCallRequest\",\"functions\":[{\"id\":\"c1\",\"name\":\"t\",\"arguments\":\"{}\","
                    + "\"client_side\":true}]}");

    private final CompletableFuture<SocketListener> connected = new CompletableFuture<>();

    private Rehearsal() {}

    /** Returns at once; completes when it is over, and never with a failure. */
    static CompletableFuture<Void> of(AgentConfig config) {
        CompletableFuture<Void> over = new CompletableFuture<>();
        ThreadLoop loop = new ThreadLoop("deepgram-rehearsal", e -> log.debug("the rehearsal broke off", e));
        loop.execute(() -> {
            try {
                new Rehearsal().play(config, loop);
            } finally {
                loop.close();
                over.complete(null);
            }
        });
        return over;
    }

    private void play(AgentConfig config, CallLoop loop) {
        S2sSession session = new DeepgramAgentSession(
                config,
                (request, executor, listener) -> {
                    connected.complete(listener);
                    return ProviderSocket.toNobody();
                },
                request(loop),
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

    private static S2sRequest request(CallLoop loop) {
        return new S2sRequest(
                "rehearsal",
                loop,
                AudioFormat.SLIN_8K,
                AudioFormat.SLIN_8K,
                "",
                Optional.of(GREETING),
                "en",
                Optional.empty(),
                List.of(new ToolSpec("t", "", "{\"type\":\"object\"}")),
                List.of());
    }
}
