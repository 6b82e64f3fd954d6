package io.patchcord.agent.testing;

import io.patchcord.agent.loop.CallLoop;
import io.patchcord.agent.media.AudioFormat;
import io.patchcord.agent.media.AudioFrame;
import io.patchcord.agent.spi.ProviderException;
import io.patchcord.agent.spi.StreamingSttEngine;
import io.patchcord.agent.spi.SttEvent;
import io.patchcord.agent.spi.SttListener;
import io.patchcord.agent.spi.SttSession;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * A streaming recogniser of {@link ToneSpeech}, which either finds the ends of turns itself, by silences of fixed length, or
 * waits to be told. Thread-safe.
 */
public final class ScriptedStreamingStt implements StreamingSttEngine {

    private static final Duration EAGER_SILENCE = Duration.ofMillis(300);
    private static final Duration END_SILENCE = Duration.ofMillis(700);
    private static final int LOUD = 500;

    private final ToneSpeech speech;
    private final boolean detectsTurns;
    private final List<Session> sessions = new CopyOnWriteArrayList<>();
    private volatile boolean neverEnds;
    private volatile boolean wholeTurns;
    private volatile boolean swallows;
    private volatile Duration delay = Duration.ofMillis(100);

    public ScriptedStreamingStt(ToneSpeech speech, boolean detectsTurns) {
        this.speech = speech;
        this.detectsTurns = detectsTurns;
    }

    /** How long the words take after {@link SttSession#finish}; 100 ms at first. */
    public ScriptedStreamingStt delay(Duration delay) {
        this.delay = delay;
        return this;
    }

    /** It finds the words of turns, but never their ends. */
    public ScriptedStreamingStt neverEnds() {
        neverEnds = true;
        return this;
    }

    /** The next {@link SttSession#finish} is never answered. */
    public void swallowNext() {
        swallows = true;
    }

    /** It finds the ends of turns after all. */
    public ScriptedStreamingStt endsAfterAll() {
        neverEnds = false;
        return this;
    }

    /** It tells nothing of a turn before its end. */
    public ScriptedStreamingStt wholeTurns() {
        wholeTurns = true;
        return this;
    }

    /** Lets the session that was opened last fail; on its loop. */
    public void fail(ProviderException error) {
        Session last = sessions.get(sessions.size() - 1);
        last.tell(new SttEvent.Failed(error));
        last.failed = true;
    }

    /** How many sessions were opened. */
    public int opened() {
        return sessions.size();
    }

    /** How many sessions are open. */
    public int open() {
        return (int) sessions.stream().filter(session -> !session.closed).count();
    }

    @Override
    public String description() {
        return "streamed tones";
    }

    @Override
    public AudioFormat inputFormat() {
        return AudioFormat.SLIN_8K;
    }

    @Override
    public boolean detectsTurns() {
        return detectsTurns;
    }

    @Override
    public SttSession open(CallLoop loop, String language, SttListener listener) {
        Session session = new Session(loop, listener);
        sessions.add(session);
        return session;
    }

    @Override
    public void close() {}

    private final class Session implements SttSession {

        private final CallLoop loop;
        private final SttListener listener;
        private byte[] heard = new byte[0];
        private String text = "";
        private Duration silence = Duration.ZERO;
        private boolean eager;
        private volatile boolean closed;
        private boolean failed;

        Session(CallLoop loop, SttListener listener) {
            this.loop = loop;
            this.listener = listener;
        }

        @Override
        public void sendAudio(AudioFrame frame) {
            if (closed || failed) {
                return;
            }
            append(frame);
            hear();
            if (isLoud(frame)) {
                silence = Duration.ZERO;
                resume();
            } else {
                silence = silence.plus(frame.duration());
                detectTurn();
            }
        }

        private void hear() {
            String now = speech.hear(AudioFrame.of(inputFormat(), heard));
            if (!now.equals(text)) {
                text = now;
                tellMeanwhile(new SttEvent.Interim(now));
            }
        }

        private void resume() {
            if (eager) {
                eager = false;
                tellMeanwhile(new SttEvent.TurnResumed());
            }
        }

        private void detectTurn() {
            if (!detectsTurns || neverEnds || text.isEmpty()) {
                return;
            }
            if (!eager && silence.compareTo(EAGER_SILENCE) >= 0) {
                eager = true;
                tellMeanwhile(new SttEvent.EagerEndOfTurn(text));
            }
            if (silence.compareTo(END_SILENCE) >= 0) {
                eager = false;
                end(Duration.ZERO);
            }
        }

        @Override
        public void finish() {
            if (swallows) {
                swallows = false;
            } else if (!closed && !failed) {
                end(delay);
            }
        }

        private void end(Duration after) {
            String words = text;
            text = "";
            heard = new byte[0];
            loop.schedule(after, () -> {
                tellMeanwhile(new SttEvent.Final(words));
                tell(new SttEvent.EndOfTurn(words));
            });
        }

        @Override
        public void close() {
            closed = true;
        }

        private void append(AudioFrame frame) {
            byte[] longer = Arrays.copyOf(heard, heard.length + frame.data().length);
            System.arraycopy(frame.data(), 0, longer, heard.length, frame.data().length);
            heard = longer;
        }

        private void tellMeanwhile(SttEvent event) {
            if (!wholeTurns) {
                tell(event);
            }
        }

        private void tell(SttEvent event) {
            loop.execute(() -> {
                if (!closed) {
                    listener.onEvent(event);
                }
            });
        }

        private boolean isLoud(AudioFrame frame) {
            for (short sample : frame.toSamples()) {
                if (Math.abs(sample) > LOUD) {
                    return true;
                }
            }
            return false;
        }
    }
}
