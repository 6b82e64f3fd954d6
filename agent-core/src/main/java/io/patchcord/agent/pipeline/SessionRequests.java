package io.patchcord.agent.pipeline;

import io.patchcord.agent.spi.ConversationItem;
import io.patchcord.agent.spi.S2sRequest;
import io.patchcord.agent.spi.S2sSession;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * With what the sessions of a call are opened, one after the other: as the call was, but for what has been changed in it
 * since. Confined to the call loop.
 */
final class SessionRequests {

    private final S2sRequest first;
    private final Map<FailoverMember, String> voices = new HashMap<>();
    private String instructions;
    private S2sRequest last;

    /**
     * @param first as the call asked for it
     */
    SessionRequests(S2sRequest first) {
        this.first = first;
        this.instructions = first.instructions();
        this.last = first;
    }

    void changeInstructions(String newInstructions) {
        instructions = newInstructions;
    }

    /** Of the sessions with this provider; others have voices of their own. */
    void changeVoice(FailoverMember member, String voice) {
        voices.put(member, voice);
    }

    /** Whether this provider's session speaks first, where there is nothing in its history. */
    boolean greets(FailoverMember member) {
        return first.greeting()
                .map(greeting -> !greeting.isBlank())
                .orElseGet(() -> member.engine().capabilities().greets());
    }

    /** Its words, if they are known. */
    Optional<String> greeting() {
        return first.greeting();
    }

    /**
     * @param history as the session is told it
     */
    S2sRequest with(FailoverMember member, List<ConversationItem> history) {
        last = new S2sRequest(
                first.callId(),
                first.loop(),
                first.inputFormat(),
                first.outputFormat(),
                instructions,
                first.greeting(),
                first.language(),
                voice(member),
                first.tools(),
                history);
        return last;
    }

    /** Tells the session, which was asked for last and is ready now, what has been changed since it was asked for. */
    void tellChanges(FailoverMember member, S2sSession session) {
        if (!instructions.equals(last.instructions())) {
            session.changeInstructions(instructions);
        }
        voice(member).filter(voice -> !last.voice().equals(Optional.of(voice))).ifPresent(session::changeVoice);
    }

    private Optional<String> voice(FailoverMember member) {
        return Optional.ofNullable(voices.get(member)).or(() -> first.voice().filter(name -> member.ownVoice()));
    }
}
