package io.patchcord.agent;

import io.patchcord.agent.loop.CallLoop;
import io.patchcord.agent.media.MediaPort;
import io.patchcord.agent.spi.S2sEngine;
import io.patchcord.agent.tool.Tools;

/**
 * An agent ready to take calls: an engine that talks, a profile of how, the tools it has, and who listens. Immutable and
 * thread-safe; each call becomes a {@link CallSession}. The engine belongs to whoever made it.
 */
public final class VoiceAgent {

    private final S2sEngine engine;
    private final AgentProfile profile;
    private final Tools tools;
    private final CallListener listener;

    public VoiceAgent(S2sEngine engine, AgentProfile profile, Tools tools, CallListener listener) {
        this.engine = engine;
        this.profile = profile;
        this.tools = tools;
        this.listener = listener;
    }

    public S2sEngine engine() {
        return engine;
    }

    public AgentProfile profile() {
        return profile;
    }

    /** A conversation over the port; {@link CallSession#start} begins it. */
    public CallSession newCall(CallContext call, CallLoop loop, MediaPort port, CallControl control) {
        return new CallSession(this, call, loop, port, control, false);
    }

    /** A call that only hears the sentence that this agent is not configured for it, and is then given up. */
    public CallSession newRefusal(CallContext call, CallLoop loop, MediaPort port, CallControl control) {
        return new CallSession(this, call, loop, port, control, true);
    }

    Tools tools() {
        return tools;
    }

    CallListener listener() {
        return listener;
    }
}
