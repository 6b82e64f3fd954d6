package io.patchcord.provider.openai;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.patchcord.agent.loop.CallLoop;
import io.patchcord.agent.media.AudioFormat;
import io.patchcord.agent.spi.StreamingSttEngine;
import io.patchcord.agent.spi.SttListener;
import io.patchcord.agent.spi.SttSession;
import java.util.concurrent.CompletableFuture;

/** Realtime transcription: one WebSocket for each call, no thread. Thread-safe. */
final class RealtimeSttEngine implements StreamingSttEngine {

    private final OpenAiAccount account;
    private final RealtimeSettings.Listening listening;
    private final RealtimeSettings.Limits limits;
    private final WireAudio wire;
    private final RealtimeSockets sockets;

    RealtimeSttEngine(
            OpenAiAccount account,
            RealtimeSettings.Listening listening,
            RealtimeSettings.Limits limits,
            WireAudio wire,
            RealtimeSockets sockets) {
        this.account = account;
        this.listening = listening;
        this.limits = limits;
        this.wire = wire;
        this.sockets = sockets;
    }

    @Override
    public String description() {
        String model = listening
                .transcription()
                .map(RealtimeSettings.Transcription::model)
                .orElse("");
        return model + " at " + account.baseUrl().getHost();
    }

    @Override
    public AudioFormat inputFormat() {
        return wire.format();
    }

    @Override
    public boolean detectsTurns() {
        return !(listening.turns() instanceof TurnDetection.None);
    }

    @Override
    public SttSession open(CallLoop loop, String language, SttListener listener) {
        Setup setup = new Setup(language);
        return new RealtimeSttSession(
                loop,
                wire,
                detectsTurns(),
                limits.session(),
                links -> new RealtimeLink(
                        "stt",
                        loop,
                        account,
                        setup,
                        limits.setup(),
                        socket -> sockets.connect(account.realtime("intent", "transcription"), loop, socket),
                        links),
                listener);
    }

    @Override
    public CompletableFuture<Void> check() {
        String model = listening
                .transcription()
                .map(RealtimeSettings.Transcription::model)
                .orElse("");
        return OpenAiCheck.of(account, model, "OPENAI_STT_MODEL");
    }

    @Override
    public void close() {
        sockets.close();
    }

    /** Nothing of it can be left out. */
    private final class Setup implements RealtimeLink.Setup {

        private final String language;

        Setup(String language) {
            this.language = language;
        }

        @Override
        public ObjectNode session() {
            return SessionConfig.transcription(listening, language, wire);
        }

        @Override
        public boolean withoutRefused(ServerError error) {
            return false;
        }
    }
}
