package io.patchcord.provider.openai;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.patchcord.agent.loop.CallLoop;
import io.patchcord.agent.media.AudioFormat;
import io.patchcord.agent.spi.StreamingSttEngine;
import io.patchcord.agent.spi.SttListener;
import io.patchcord.agent.spi.SttSession;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * Realtime transcription: one WebSocket for each call, no thread. Unless told otherwise a call's audio is sent in its own law of
 * G.711. Thread-safe.
 */
final class RealtimeSttEngine implements StreamingSttEngine {

    private final OpenAiAccount account;
    private final RealtimeSettings.Listening listening;
    private final RealtimeSettings.Limits limits;
    private final Optional<WireAudio> audio;
    private final RealtimeSockets sockets;

    /**
     * Opens nothing before the first call.
     *
     * @param audio how it is sent; empty for what suits the call
     */
    RealtimeSttEngine(
            OpenAiAccount account,
            RealtimeSettings.Listening listening,
            RealtimeSettings.Limits limits,
            Optional<WireAudio> audio,
            RealtimeSockets sockets) {
        this.account = account;
        this.listening = listening;
        this.limits = limits;
        this.audio = audio;
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
        return audio.orElse(WireAudio.PCMU).format();
    }

    @Override
    public AudioFormat inputFormat(AudioFormat ofCall) {
        return wireFor(ofCall).format();
    }

    private WireAudio wireFor(AudioFormat ofCall) {
        return audio.orElseGet(() -> WireAudio.suiting(ofCall));
    }

    @Override
    public boolean detectsTurns() {
        return !(listening.turns() instanceof TurnDetection.None);
    }

    @Override
    public SttSession open(CallLoop loop, String language, SttListener listener) {
        return new SttFromFirstFrame(loop, listener, format -> session(loop, language, wireFor(format), listener));
    }

    private SttSession session(CallLoop loop, String language, WireAudio wire, SttListener listener) {
        Setup setup = new Setup(language, wire);
        return new RealtimeSttSession(
                loop,
                wire,
                detectsTurns(),
                limits,
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
        private final WireAudio wire;

        Setup(String language, WireAudio wire) {
            this.language = language;
            this.wire = wire;
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
