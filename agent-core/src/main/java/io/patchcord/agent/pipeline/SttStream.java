package io.patchcord.agent.pipeline;

import io.patchcord.agent.loop.CallLoop;
import io.patchcord.agent.media.AudioConverter;
import io.patchcord.agent.media.AudioFormat;
import io.patchcord.agent.media.AudioFrame;
import io.patchcord.agent.spi.ProviderException;
import io.patchcord.agent.spi.StreamingSttEngine;
import io.patchcord.agent.spi.SttEvent;
import io.patchcord.agent.spi.SttListener;
import io.patchcord.agent.spi.SttSession;
import java.time.Duration;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A stream to a recogniser that is opened anew when it fails, until it has failed too often in a row: without a turn that was
 * understood in between, and soon after it was opened. Confined to the call loop.
 */
final class SttStream {

    /** In a row, where nobody else can listen. */
    static final int MOST_FAILURES = 3;

    private static final Duration PAUSE = Duration.ofMillis(500);

    /** Whoever cannot reach the service has said so by then. A connection that breaks once in a while is no failure in a row. */
    private static final Duration GOOD_LIFE = Duration.ofSeconds(20);

    private final StreamingSttEngine engine;
    private final CallLoop loop;
    private final String language;
    private final SttListener listener;
    private final int mostFailures;
    private final Consumer<ProviderException> onGone;
    private final Runnable onReopened;
    private @Nullable AudioConverter converter;
    private @Nullable SttSession session;
    private CallLoop.@Nullable Timer reopening;
    private int failures;
    private long openedNanos;
    private int generation;
    private boolean closed;

    /**
     * @param mostFailures in a row after which it is gone
     * @param listener told of failures, too; the stream goes on after them
     * @param onGone told when it does not
     * @param onReopened run when there is somebody again who listens, and has heard nothing yet
     * @throws ProviderException if the engine refuses
     */
    SttStream(
            StreamingSttEngine engine,
            CallLoop loop,
            String language,
            int mostFailures,
            SttListener listener,
            Consumer<ProviderException> onGone,
            Runnable onReopened) {
        this.engine = engine;
        this.loop = loop;
        this.language = language;
        this.mostFailures = mostFailures;
        this.listener = listener;
        this.onGone = onGone;
        this.onReopened = onReopened;
        open();
    }

    void sendAudio(AudioFrame frame) {
        AudioFrame converted = converterFor(frame.format()).convert(frame);
        if (session != null) {
            session.sendAudio(converted);
        }
    }

    private AudioConverter converterFor(AudioFormat ofCall) {
        AudioConverter current = converter;
        if (current == null) {
            current = new AudioConverter(engine.inputFormat(ofCall));
            converter = current;
        }
        return current;
    }

    void finish() {
        if (session != null) {
            session.finish();
        }
    }

    /** Whoever listens does not do what he should, which is as good as a failure. */
    void giveUp(ProviderException why) {
        if (session != null) {
            onEvent(generation, new SttEvent.Failed(why));
        }
    }

    /** Whether it is opened anew after the failure that has just been told. */
    boolean goesOn() {
        return failures < mostFailures;
    }

    void close() {
        closed = true;
        if (reopening != null) {
            reopening.cancel();
        }
        closeSession();
    }

    private void open() {
        int own = ++generation;
        openedNanos = loop.nanoTime();
        session = engine.open(loop, language, event -> onEvent(own, event));
    }

    private void onEvent(int from, SttEvent event) {
        if (closed || from != generation) {
            return;
        }
        if (event instanceof SttEvent.Failed failed) {
            closeSession();
            failures = livedWell() ? 1 : failures + 1;
            listener.onEvent(event);
            goOnOrGiveUp(failed.error());
        } else {
            if (event instanceof SttEvent.EndOfTurn end && !end.text().isBlank()) {
                failures = 0;
            }
            listener.onEvent(event);
        }
    }

    private boolean livedWell() {
        return loop.nanoTime() - openedNanos >= GOOD_LIFE.toNanos();
    }

    private void goOnOrGiveUp(ProviderException error) {
        if (closed) {
            return;
        }
        if (!goesOn()) {
            onGone.accept(error);
        } else {
            reopening = loop.schedule(PAUSE.multipliedBy(failures - 1L), this::reopen);
        }
    }

    private void reopen() {
        try {
            open();
        } catch (ProviderException e) {
            failures++;
            goOnOrGiveUp(e);
            return;
        }
        onReopened.run();
    }

    private void closeSession() {
        if (session != null) {
            session.close();
            session = null;
        }
    }
}
