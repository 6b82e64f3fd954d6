package io.patchcord.provider.openai;

import io.patchcord.agent.spi.S2sEvent;
import io.patchcord.provider.openai.ServerEvent.OutputItem;
import io.patchcord.provider.openai.ServerEvent.Usage;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the model says, response by response: each has a beginning, which some servers leave out, and an end, after which comes
 * what is to come, and may be interrupted before. Confined to the call loop; the receiver of the events may call back while it is told one.
 */
final class Responses {

    private static final Logger log = LoggerFactory.getLogger(Responses.class);

    private static final int REMEMBERED = 32;

    private final String callId;
    private final AgentSpeech speech;
    private final CurrentLink link;
    private final ResponseRequests requests;
    private final ToolCalls tools;
    private final LateItems late;
    private final Interruption interruption;
    private final BrokenOff brokenOff;
    private final TurnMarks marks;
    private final Consumer<S2sEvent> out;
    private final Map<String, AgentResponse> recent = new LinkedHashMap<>();
    private @Nullable AgentResponse active;
    private Usage usage = Usage.NONE;
    private int unnamed;

    Responses(
            String callId,
            AgentSpeech speech,
            CurrentLink link,
            Conversation conversation,
            ResponseRequests requests,
            ToolCalls tools,
            LateItems late,
            TurnMarks marks,
            Consumer<S2sEvent> out) {
        this.callId = callId;
        this.speech = speech;
        this.link = link;
        this.requests = requests;
        this.tools = tools;
        this.late = late;
        this.marks = marks;
        this.out = out;
        this.interruption = new Interruption(link, conversation);
        this.brokenOff = new BrokenOff(link, conversation, requests);
    }

    /** Takes an event that is about a response; false for any other. */
    boolean hear(ServerEvent event) {
        if (event instanceof ServerEvent.OutputAudio audio) {
            speech.audio(find(audio.responseId()), audio);
        } else if (event instanceof ServerEvent.OutputText text) {
            speech.text(find(text.responseId()), text);
        } else if (event instanceof ServerEvent.ResponseCreated created) {
            begin(created.responseId(), created.request());
        } else if (event instanceof ServerEvent.ItemAdded added) {
            speech.item(find(added.responseId()), added.item());
        } else if (event instanceof ServerEvent.ItemDone done) {
            speech.item(find(done.responseId()), done.item());
        } else if (event instanceof ServerEvent.ArgumentsDone arguments) {
            speech.item(find(arguments.responseId()), arguments.call());
        } else if (event instanceof ServerEvent.OutputAudioDone done) {
            speech.audioDone(find(done.responseId()), done.itemId());
        } else if (event instanceof ServerEvent.ResponseDone done) {
            onDone(done);
        } else if (event instanceof ServerEvent.OursAdded item) {
            late.added(item.id());
        } else {
            return false;
        }
        requests.goesOn();
        return true;
    }

    /** The caller does not hear the rest. */
    void interrupt(String responseId, Duration playedOut) {
        AgentResponse response = recent.get(responseId);
        if (response == null || response.isCut()) {
            return;
        }
        response.cut();
        speech.silent(responseId);
        brokenOff.interrupted(response);
        if (response == active) {
            link.send(ClientEvents.cancel(responseId));
        }
        interruption.cut(response, playedOut);
    }

    /** The caller heard all of it. */
    void playedOut(String responseId) {
        speech.silent(responseId);
    }

    /** Whether the caller hears a response now, as far as is known. */
    boolean isSounding() {
        return speech.isSounding();
    }

    /** There is no session any more. */
    void lost() {
        AgentResponse response = active;
        active = null;
        late.lost();
        requests.lost();
        if (response != null) {
            response.end();
            breakOff(response);
        }
    }

    /** There is another session, which was told the conversation so far. */
    void goOn() {
        brokenOff.explain();
        requests.next();
    }

    /** What all responses cost so far. */
    Usage usage() {
        return usage;
    }

    private AgentResponse begin(String id, @Nullable String requestId) {
        AgentResponse known = recent.get(id);
        if (known != null) {
            return known;
        }
        if (active != null) {
            // The server forgot to tell that it is over.
            active.end();
            tellDone(active, false);
        }
        AgentResponse response = new AgentResponse(id, requests.begun(requestId));
        recent.put(id, response);
        if (recent.size() > REMEMBERED) {
            recent.remove(recent.keySet().iterator().next());
        }
        active = response;
        late.responseBegins(response.request().asked());
        out.accept(new S2sEvent.ResponseStarted(id));
        marks.answeredBy(response);
        return response;
    }

    /** Some servers do not tell that a response begins, or leave its id out. */
    private AgentResponse find(String id) {
        if (!id.isEmpty()) {
            return begin(id, null);
        }
        return active != null ? active : begin("response_" + ++unnamed, null);
    }

    private void onDone(ServerEvent.ResponseDone event) {
        AgentResponse response = find(event.responseId());
        if (response.isOver()) {
            return;
        }
        response.end();
        active = response == active ? null : active;
        usage = usage.plus(event.usage());
        event.output().stream().filter(OutputItem::isCall).forEach(response::addCall);
        if (response.isCut()) {
            deleteUnheard(response, event.output());
        } else if (event.status().equals("failed")) {
            fail(response, event);
        } else {
            finish(response, event);
        }
        requests.ended(event.status().equals("completed"));
    }

    private void finish(AgentResponse response, ServerEvent.ResponseDone event) {
        response.messages().forEach(AgentItem::complete);
        tellDone(response, false);
        if (event.status().equals("completed")) {
            tools.called(response.completeCalls());
        } else {
            log.info("[{}] OpenAI's response ends {}: {}", callId, event.status(), event.reason());
            deleteUnheard(response, event.output());
        }
    }

    private void fail(AgentResponse response, ServerEvent.ResponseDone event) {
        log.warn("[{}] OpenAI's response failed: {}", callId, event.error().words());
        if (requests.mayTryAgain(event.error())) {
            breakOff(response);
            brokenOff.explain();
        }
    }

    /** What came of it may be heard; the rest is for another response. */
    private void breakOff(AgentResponse response) {
        tellDone(response, true);
        if (!response.isCut()) {
            marks.lost(response);
            brokenOff.endEarly(response);
        }
    }

    private void tellDone(AgentResponse response, boolean brokeOff) {
        if (!response.isCut()) {
            out.accept(new S2sEvent.ResponseDone(response.id(), brokeOff));
        }
    }

    /** An open call, or a message that nobody heard, would confuse the model later. */
    private void deleteUnheard(AgentResponse response, List<OutputItem> output) {
        response.unheardItems(output).forEach(item -> link.send(ClientEvents.delete(item)));
    }
}
