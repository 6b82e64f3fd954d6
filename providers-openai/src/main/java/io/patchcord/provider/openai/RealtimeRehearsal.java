package io.patchcord.provider.openai;

import io.patchcord.agent.loop.CallLoop;
import io.patchcord.agent.media.AudioFormat;
import io.patchcord.agent.media.AudioFrame;
import io.patchcord.agent.spi.Rehearsal;
import io.patchcord.agent.spi.S2sEngine;
import io.patchcord.agent.spi.S2sRequest;
import io.patchcord.agent.spi.S2sSession;
import io.patchcord.provider.socket.ProviderSocket;
import io.patchcord.provider.socket.SocketListener;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** A {@link Rehearsal} of a conversation over the Realtime API. */
final class RealtimeRehearsal implements RealtimeSockets {

    private static final List<String> SCRIPT = List.of(
            "{\"type\":\"session.created\",\"session\":{\"expires_at\":1}}",
            "{\"type\":\"session.updated\",\"session\":{\"expires_at\":1}}",
            "{\"type\":\"response.created\",\"response\":{\"id\":\"r1\",\"metadata\":{\"patchcord_request\":\"say_1\"}}}",
            "{\"type\":\"rate_limits.updated\",\"rate_limits\":[{\"name\":\"tokens\",\"limit\":1,\"remaining\":1}]}",
            "{\"type\":\"response.output_item.added\",\"response_id\":\"r1\",\"item\":{\"id\":\"i1\",\"type\":\"message\"}}",
            "{\"type\":\"response.output_audio_transcript.delta\",\"response_id\":\"r1\",\"item_id\":\"i1\",\"delta\":\""
                    + Rehearsal.GREETING + "\"}",
            "{\"type\":\"response.output_audio.delta\",\"response_id\":\"r1\",\"item_id\":\"i1\",\"delta\":\"/////w==\"}",
            "{\"type\":\"input_audio_buffer.speech_started\",\"audio_start_ms\":0,\"item_id\":\"u1\"}",
            "{\"type\":\"input_audio_buffer.speech_stopped\",\"audio_end_ms\":20,\"item_id\":\"u1\"}",
            "{\"type\":\"input_audio_buffer.committed\",\"item_id\":\"u1\"}",
            "{\"type\":\"conversation.item.input_audio_transcription.completed\",\"item_id\":\"u1\",\"transcript\":\"Yes\"}",
            "{\"type\":\"response.done\",\"response\":{\"id\":\"r1\",\"status\":\"completed\",\"output\":[{\"id\":\"f1\","
                    + "\"type\":\"function_call\",\"call_id\":\"c1\",\"name\":\"" + Rehearsal.TOOL
                    + "\",\"arguments\":\"{}\"}]}}",
            "{\"type\":\"error\",\"error\":{\"code\":\"response_cancel_not_active\"}}");

    private final CompletableFuture<SocketListener> connected = new CompletableFuture<>();

    private RealtimeRehearsal() {}

    /** Returns at once; completes when it is over, and never with a failure. */
    static CompletableFuture<Void> of(RealtimeSettings settings) {
        return Rehearsal.of("openai-rehearsal", request -> new RealtimeRehearsal().play(settings, request));
    }

    private void play(RealtimeSettings settings, S2sRequest request) {
        S2sEngine engine = new RealtimeEngine(settings, this, Optional.empty());
        S2sSession session = engine.open(request, event -> {});
        SocketListener service = connected.join();
        service.opened(Map.of());
        session.sendAudio(AudioFrame.silence(AudioFormat.SLIN_8K, Duration.ofMillis(20)));
        SCRIPT.forEach(service::text);
        session.interrupt("r1", Duration.ZERO);
        session.toolResult("c1", "{}");
        session.close();
    }

    @Override
    public ProviderSocket connect(URI address, CallLoop loop, SocketListener listener) {
        connected.complete(listener);
        return ProviderSocket.toNobody();
    }

    @Override
    public void close() {}
}
