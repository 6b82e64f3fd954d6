package io.patchcord.provider.deepgram.agent;

import io.patchcord.agent.loop.CallLoop;
import io.patchcord.agent.media.AudioConverter;
import io.patchcord.agent.media.AudioFormat;
import io.patchcord.agent.media.AudioFrame;
import io.patchcord.agent.media.AudioPosition;
import io.patchcord.agent.media.GapFiller;
import io.patchcord.agent.media.LastWord;
import io.patchcord.provider.deepgram.KeepAlive;
import java.time.Duration;
import java.util.function.Consumer;

/**
 * The caller's way to the service: into the law of the wire, frame by frame. Confined to the call loop.
 *
 * <p>The service finds the end of a turn in the silence after it, so where the caller's audio stops there is silence in its
 * place for some seconds, and after that a KeepAlive now and then. What the caller says before there has been any connection
 * is not sent later: it would cut the greeting short that he has not heard yet. What he says while a connection is replaced
 * is, see {@link UnansweredAudio}.
 */
final class CallerSide {

    /** As Deepgram wants it. */
    private static final Duration KEEP_ALIVE = Duration.ofSeconds(8);

    private static final Duration JUST_NOW = Duration.ofSeconds(2);

    /** How much later than its last word a turn may be told of. */
    private static final Duration LOOK_BACK = Duration.ofSeconds(5);

    /** About -40 dBFS: speech on a telephone is louder, what a line hums is not. */
    private static final double LOUD = 300;

    private final CallLoop loop;
    private final Consumer<byte[]> wire;
    private final AudioConverter toWire;
    private final AudioConverter toLinear = new AudioConverter(AudioFormat.SLIN_8K);
    private final GapFiller gapFiller;
    private final LastWord lastWord = new LastWord(AudioFormat.SLIN_8K, LOOK_BACK);
    private final KeepAlive keepAlive;
    private final UnansweredAudio unanswered = new UnansweredAudio();
    private long samples;
    private long lastFrameNanos;
    private long lastLoudNanos;
    private boolean heardBefore;
    private boolean connected;

    /**
     * @param wire takes audio in the law
     * @param keepAlive sends a KeepAlive
     */
    CallerSide(CallLoop loop, AudioFormat callFormat, AudioFormat law, Consumer<byte[]> wire, Runnable keepAlive) {
        this.loop = loop;
        this.wire = wire;
        this.toWire = new AudioConverter(law);
        this.gapFiller = new GapFiller(loop, callFormat, this::pass);
        this.keepAlive = new KeepAlive(loop, KEEP_ALIVE, keepAlive);
        this.lastLoudNanos = loop.nanoTime() - JUST_NOW.toNanos();
    }

    void accept(AudioFrame frame) {
        gapFiller.accept(frame);
    }

    /** The service listens. */
    void connected() {
        connected = true;
        if (heardBefore) {
            unanswered.found();
        }
        heardBefore = true;
        keepAlive.start();
    }

    /** Nobody listens. */
    void disconnected() {
        connected = false;
        unanswered.lost();
        keepAlive.stop();
    }

    /** The service has noticed that the caller speaks. */
    void speaking() {
        unanswered.speaking();
    }

    /** The service has the words of the caller's turn. */
    void understood() {
        unanswered.understood();
    }

    /** When the caller's last word ended, by the loop's clock: the service tells only that a turn is over. */
    long lastWordNanos() {
        if (samples == 0) {
            return loop.nanoTime();
        }
        long position = AudioPosition.ofSamples(samples, AudioFormat.SLIN_8K);
        return lastFrameNanos - (position - lastWord.endBefore(position, LOOK_BACK));
    }

    /** Whether the caller is making himself heard. */
    boolean isLoud() {
        return loop.nanoTime() - lastLoudNanos < JUST_NOW.toNanos();
    }

    void close() {
        connected = false;
        gapFiller.close();
        keepAlive.stop();
    }

    private void pass(AudioFrame frame) {
        byte[] audio = toWire.convert(frame).data();
        if (audio.length == 0) {
            return;
        }
        boolean loud = listen(toLinear.convert(frame));
        if (heardBefore) {
            unanswered.add(audio, loud);
        }
        if (connected) {
            keepAlive.sent();
            unanswered.send(audio, wire);
        }
    }

    /** Whether the caller surely makes himself heard. */
    private boolean listen(AudioFrame linear) {
        lastWord.add(linear);
        samples += linear.samples();
        lastFrameNanos = loop.nanoTime();
        double energy = 0;
        for (short sample : linear.toSamples()) {
            energy += (double) sample * sample;
        }
        boolean loud = energy >= LOUD * LOUD * linear.samples();
        if (loud) {
            lastLoudNanos = lastFrameNanos;
        }
        return loud;
    }
}
