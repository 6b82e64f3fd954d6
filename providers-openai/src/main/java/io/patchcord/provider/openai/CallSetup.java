package io.patchcord.provider.openai;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.patchcord.agent.spi.ProviderException;
import io.patchcord.agent.spi.S2sRequest;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What each session of a call is to be, which may change in the call. Confined to the call loop. */
final class CallSetup implements RealtimeLink.Setup {

    private static final Logger log = LoggerFactory.getLogger(CallSetup.class);

    private final RealtimeSettings settings;
    private final WireAudio in;
    private final WireAudio out;
    private final Set<OptionalPart> refused;
    private S2sRequest request;
    private Set<OptionalPart> leftOut = Set.of();

    /**
     * Takes the formats from the settings, or else from the call.
     *
     * @param refused parts that the server has refused, in any call
     * @throws ProviderException of kind CONFIGURATION if a tool's schema is none
     */
    CallSetup(RealtimeSettings settings, S2sRequest request, Set<OptionalPart> refused) {
        this.settings = settings;
        this.request = request;
        this.refused = refused;
        this.in = settings.audio().orElseGet(() -> WireAudio.suiting(request.inputFormat()));
        this.out = settings.audio().orElseGet(() -> WireAudio.suiting(request.outputFormat()));
        // A tool that cannot be described is found out now and not when the socket is open.
        session();
    }

    /** How the caller's audio is sent. */
    WireAudio in() {
        return in;
    }

    /** How the agent's audio comes. */
    WireAudio out() {
        return out;
    }

    @Override
    public ObjectNode session() {
        leftOut = Set.copyOf(refused);
        return SessionConfig.conversation(settings, request, in, out, leftOut);
    }

    @Override
    public boolean withoutRefused(ServerError error) {
        Optional<OptionalPart> part = OptionalPart.named(error.parameter()).filter(named -> !leftOut.contains(named));
        // Other calls may have met with the same at the same time.
        if (part.isPresent() && refused.add(part.get())) {
            log.warn("OpenAI refuses {} and it is left out: {}", part.get().setting(), error.words());
        }
        return part.isPresent();
    }

    /** For the session that runs, and for those that follow. */
    ObjectNode changeInstructions(String instructions) {
        change(instructions, request.voice());
        return SessionConfig.instructions(instructions);
    }

    /** For the sessions that follow: the voice of one that has spoken stays. */
    void changeVoice(String voice) {
        change(request.instructions(), Optional.of(voice));
    }

    private void change(String instructions, Optional<String> voice) {
        request = new S2sRequest(
                request.callId(),
                request.loop(),
                request.inputFormat(),
                request.outputFormat(),
                instructions,
                request.greeting(),
                request.language(),
                voice,
                request.tools(),
                request.history());
    }
}
