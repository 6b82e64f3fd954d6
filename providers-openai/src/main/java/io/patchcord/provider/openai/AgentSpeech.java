package io.patchcord.provider.openai;

import io.patchcord.agent.media.AudioFrame;
import io.patchcord.agent.spi.S2sEvent;
import io.patchcord.agent.spi.S2sEvent.Stage;
import io.patchcord.provider.openai.ServerEvent.OutputItem;
import java.util.Base64;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The audio and the words of responses on their way to the caller: told as they come, unless the response is over or was
 * interrupted. Confined to the call loop.
 */
final class AgentSpeech {

    private static final Logger log = LoggerFactory.getLogger(AgentSpeech.class);

    private final String callId;
    private final WireAudio wire;
    private final Conversation conversation;
    private final TurnMarks marks;
    private final Consumer<S2sEvent> out;
    private final Set<String> sounding = new HashSet<>();

    AgentSpeech(String callId, WireAudio wire, Conversation conversation, TurnMarks marks, Consumer<S2sEvent> out) {
        this.callId = callId;
        this.wire = wire;
        this.conversation = conversation;
        this.marks = marks;
        this.out = out;
    }

    void audio(AgentResponse response, ServerEvent.OutputAudio event) {
        if (isDropped(response)) {
            return;
        }
        AudioFrame frame;
        try {
            frame = message(response, event.itemId())
                    .addAudio(Base64.getDecoder().decode(event.base64()));
        } catch (IllegalArgumentException e) {
            log.warn("[{}] OpenAI sent audio that is no Base64", callId);
            return;
        }
        if (frame.samples() > 0) {
            sounding.add(response.id());
            marks.reached(response, Stage.FIRST_AUDIO);
            out.accept(new S2sEvent.ResponseAudio(response.id(), frame));
        }
    }

    void text(AgentResponse response, ServerEvent.OutputText event) {
        if (!isDropped(response) && !event.delta().isEmpty()) {
            message(response, event.itemId()).addText(event.delta());
            marks.reached(response, Stage.FIRST_TEXT);
            out.accept(new S2sEvent.ResponseText(response.id(), event.delta()));
        }
    }

    /** An item of the response begins, or is complete. */
    void item(AgentResponse response, OutputItem item) {
        if (item.isCall()) {
            response.addCall(item);
        } else if (item.type().equals("message") && !isDropped(response)) {
            message(response, item.id());
        }
    }

    /** No more audio of the item comes. */
    void audioDone(AgentResponse response, String itemId) {
        AgentItem message = response.message(itemId);
        if (message != null) {
            message.complete();
        }
    }

    /** The caller hears no more of the response. */
    void silent(String responseId) {
        sounding.remove(responseId);
    }

    /** Whether the caller hears a response now, as far as is known. */
    boolean isSounding() {
        return !sounding.isEmpty();
    }

    private static boolean isDropped(AgentResponse response) {
        return response.isOver() || response.isCut();
    }

    private AgentItem message(AgentResponse response, String itemId) {
        AgentItem known = response.message(itemId);
        if (known != null) {
            return known;
        }
        AgentItem message = new AgentItem(itemId, wire);
        response.add(message);
        conversation.agentSpeaks(message);
        return message;
    }
}
