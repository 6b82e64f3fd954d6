package io.patchcord.provider.deepgram;

import io.patchcord.agent.loop.CallLoop;
import io.patchcord.agent.media.AudioFormat;
import io.patchcord.agent.spi.StreamingSttEngine;
import io.patchcord.agent.spi.SttListener;
import io.patchcord.agent.spi.SttSession;
import io.patchcord.provider.socket.ProviderSockets;
import java.util.concurrent.CompletableFuture;

/**
 * Deepgram's Listen by WebSocket, v1 or v2. A call's audio goes out as it is, in its own law and at its own rate.
 *
 * <p>Thread-safe. No thread waits for a call: all sockets share the few of {@link ProviderSockets}.
 */
final class DeepgramSttEngine implements StreamingSttEngine {

    private final DeepgramAccount account;
    private final ListenDialect dialect;
    private final ProviderSockets sockets = ProviderSockets.create("deepgram-listen");

    DeepgramSttEngine(DeepgramAccount account, ListenDialect dialect) {
        this.account = account;
        this.dialect = dialect;
    }

    @Override
    public String description() {
        return dialect.model() + " at " + account.host();
    }

    @Override
    public CompletableFuture<Void> check() {
        return KeyCheck.byRequest(account);
    }

    @Override
    public AudioFormat inputFormat() {
        return AudioFormat.SLIN_8K;
    }

    @Override
    public AudioFormat inputFormat(AudioFormat ofCall) {
        return ofCall;
    }

    @Override
    public boolean detectsTurns() {
        return dialect.detectsTurns();
    }

    @Override
    public SttSession open(CallLoop loop, String language, SttListener listener) {
        // Refused here and not in the middle of the call, if the model does not understand the language.
        dialect.address(inputFormat(), language);
        return new ListenSession(sockets, account, dialect, loop, language, listener);
    }

    @Override
    public void close() {
        sockets.close();
    }
}
