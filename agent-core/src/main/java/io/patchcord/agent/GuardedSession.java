package io.patchcord.agent;

import io.patchcord.agent.media.AudioFrame;
import io.patchcord.agent.spi.ProviderException;
import io.patchcord.agent.spi.S2sSession;
import java.time.Duration;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A provider's session that throws nothing: whatever it is asked comes from the middle of the call's own work, such as
 * sending the next frame, which must be done all the same. An exception is a failure of the provider, told once; after
 * that the session is asked nothing more. Confined to the call loop.
 */
final class GuardedSession implements S2sSession {

    private static final Logger log = LoggerFactory.getLogger(GuardedSession.class);

    private final S2sSession session;
    private final Consumer<ProviderException> onFailure;
    private boolean failed;

    /** @param onFailure told within the call that failed */
    GuardedSession(S2sSession session, Consumer<ProviderException> onFailure) {
        this.session = session;
        this.onFailure = onFailure;
    }

    @Override
    public void sendAudio(AudioFrame frame) {
        ask(() -> session.sendAudio(frame));
    }

    @Override
    public void sendDtmf(char digit) {
        ask(() -> session.sendDtmf(digit));
    }

    @Override
    public void interrupt(String responseId, Duration playedOut) {
        ask(() -> session.interrupt(responseId, playedOut));
    }

    @Override
    public void playedOut(String responseId) {
        ask(() -> session.playedOut(responseId));
    }

    @Override
    public void toolResult(String callId, String result) {
        ask(() -> session.toolResult(callId, result));
    }

    @Override
    public void say(String text) {
        ask(() -> session.say(text));
    }

    @Override
    public void changeInstructions(String instructions) {
        ask(() -> session.changeInstructions(instructions));
    }

    @Override
    public void changeVoice(String voice) {
        ask(() -> session.changeVoice(voice));
    }

    @Override
    public void close() {
        try {
            session.close();
        } catch (RuntimeException e) {
            log.error("A provider's session threw when it was closed", e);
        }
    }

    private void ask(Runnable request) {
        if (failed) {
            return;
        }
        try {
            request.run();
        } catch (RuntimeException e) {
            failed = true;
            log.error("A provider's session threw", e);
            onFailure.accept(ProviderException.of(e));
        }
    }
}
