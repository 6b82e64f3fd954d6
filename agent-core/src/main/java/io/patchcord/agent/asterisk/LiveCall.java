package io.patchcord.agent.asterisk;

import io.patchcord.agent.CallEvent.EndReason;
import io.patchcord.agent.CallSession;
import io.patchcord.agent.loop.CallLoop;

/**
 * A conversation together with the loop it must be touched on, for those who are on another thread.
 *
 * @param session confined to the loop
 * @param loop of the call
 */
record LiveCall(CallSession session, CallLoop loop) {

    void live() {
        loop.execute(session::live);
    }

    void shutDown() {
        loop.execute(session::shutDown);
    }

    void end(EndReason reason) {
        loop.execute(() -> session.end(reason));
    }
}
