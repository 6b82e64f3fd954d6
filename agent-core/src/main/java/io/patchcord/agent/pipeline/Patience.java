package io.patchcord.agent.pipeline;

import io.patchcord.agent.loop.CallLoop;
import io.patchcord.agent.spi.S2sEvent;

/**
 * How long the caller waits: for a while in silence, then with a request to wait, and for a session that should speak not
 * for ever. Confined to the call loop.
 */
final class Patience {

    private final Standing standing;
    private final Bridge bridge;
    private final Deadline stall;

    /**
     * @param voice asks the caller to wait
     * @param onStall run when a session that should speak has not for too long
     */
    Patience(CallLoop loop, FailoverSettings settings, Standing standing, SpareVoice voice, Runnable onStall) {
        this.standing = standing;
        this.bridge = new Bridge(loop, settings, voice);
        this.stall = new Deadline(loop, settings.stall(), onStall);
    }

    /** The first session is being opened. */
    void callBegan() {
        bridge.begin();
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
        if (audible || !standing.isAgentsTurn()) {
            bridge.end();
        } else {
            bridge.begin();
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
    }

    /** It has ended. */
    void sessionEnded() {
        stall.stop();
    }

    /** Another one is looked for. */
    void looksOn() {
        if (standing.isAgentsTurn()) {
            bridge.beginSoon();
        } else {
            bridge.begin();
        }
    }

    /** There is nothing to wait for any more. */
    void end() {
        stall.stop();
        bridge.end();
    }
}
