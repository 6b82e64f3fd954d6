package io.patchcord.provider.openai;

import io.patchcord.agent.loop.CallLoop;
import io.patchcord.agent.media.AudioFormat;
import io.patchcord.agent.media.AudioFrame;
import io.patchcord.agent.spi.SttEvent;
import io.patchcord.agent.spi.SttListener;
import io.patchcord.agent.spi.SttSession;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A stream to a recogniser that begins with the call's first frame, since only that tells in which law of G.711 the call is
 * held, and the service has to be told before it hears anything. Confined to the call loop.
 */
final class SttFromFirstFrame implements SttSession {

    private final CallLoop loop;
    private final SttListener listener;
    private final Function<AudioFormat, SttSession> opener;
    private @Nullable SttSession session;
    private boolean closed;

    /**
     * Opens nothing yet.
     *
     * @param opener opens the session for audio of a format
     */
    SttFromFirstFrame(CallLoop loop, SttListener listener, Function<AudioFormat, SttSession> opener) {
        this.loop = loop;
        this.listener = listener;
        this.opener = opener;
    }

    @Override
    public void sendAudio(AudioFrame frame) {
        if (closed) {
            return;
        }
        SttSession current = session;
        if (current == null) {
            current = opener.apply(frame.format());
            session = current;
        }
        current.sendAudio(frame);
    }

    @Override
    public void finish() {
        if (session != null) {
            session.finish();
        } else {
            loop.execute(this::nothingWasSaid);
        }
    }

    private void nothingWasSaid() {
        if (!closed) {
            listener.onEvent(new SttEvent.EndOfTurn(""));
        }
    }

    @Override
    public void close() {
        closed = true;
        if (session != null) {
            session.close();
        }
    }
}
