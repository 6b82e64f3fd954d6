package io.patchcord.agent.pipeline;

import io.patchcord.agent.loop.CallLoop;
import io.patchcord.agent.pipeline.standby.Deadline;
import io.patchcord.agent.spi.S2sEvent;

/**
 * How long the caller waits: for a while in silence, then with a request to wait, and for a session that should speak not
 * for ever. Confined to the call loop.
 */
final class Patience {

    private final CallLoop loop;
    private final Standing standing;
    private final Bridge bridge;
    private final Deadline stall;
    private long heardUntil;

    /**
     * @param voice asks the caller to wait
     * @param onStall run when a session that should speak has not for too long
     */
    Patience(CallLoop loop, FailoverSettings settings, Standing standing, SpareVoice voice, Runnable onStall) {
        this.standing = standing;
        this.bridge = new Bridge(loop, settings, voice);
        this.loop = loop;
        this.stall = new Deadline(loop, settings.stall(), () -> {
            if (standing.expectsAudio()) {
                onStall.run();
            }
        });
        this.heardUntil = loop.nanoTime();
    }

    /** The first session is being opened. */
    void callBegan() {
        bridge.begin(heardUntil);
    }

    /** A session is ready. */
    void sessionBegan() {
        if (standing.expectsAudio()) {
            stall.restart();
        }
        if (!standing.isAgentsTurn()) {
            bridge.end();
        }
    }

    /** It has told this. */
    void told(S2sEvent event) {
        boolean audible = event instanceof S2sEvent.ResponseAudio;
        if (event instanceof S2sEvent.ResponseAudio sound) {
            heardUntil = silentFrom() + sound.audio().duration().toNanos();
        }
        if (audible || !standing.isAgentsTurn()) {
            bridge.end();
        } else {
            bridge.begin(silentFrom());
        }
        if (!standing.expectsAudio()) {
            stall.stop();
        } else if (audible || event instanceof S2sEvent.TurnEnded) {
            stall.restart();
        } else {
            stall.start();
        }
    }

    /** It was given a sentence to say. */
    void hasToSpeak() {
        if (standing.expectsAudio()) {
            stall.start();
        }
    }

    /** It was told what a tool has returned. */
    void hasToGoOn() {
        stall.restart();
        if (standing.isAgentsTurn()) {
            bridge.begin(silentFrom());
        }
    }

    /** The caller does not hear the rest of what was told. */
    void interrupted() {
        heardUntil = loop.nanoTime();
    }

    /** It has ended. */
    void sessionEnded() {
        stall.stop();
    }

    /** Another one is looked for. */
    void looksOn() {
        if (standing.isAgentsTurn()) {
            bridge.beginSoon(silentFrom());
        } else {
            bridge.begin(silentFrom());
        }
    }

    /** There is nothing to wait for any more. */
    void end() {
        stall.stop();
        bridge.end();
    }

    /** When the caller will have heard all that was told. */
    private long silentFrom() {
        return heardUntil - loop.nanoTime() > 0 ? heardUntil : loop.nanoTime();
    }
}
