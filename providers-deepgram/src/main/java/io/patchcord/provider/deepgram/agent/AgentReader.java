package io.patchcord.provider.deepgram.agent;

import com.fasterxml.jackson.databind.JsonNode;
import io.patchcord.agent.spi.ConversationItem.ToolCalled;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads what the service says in the call: makes turns and calls of tools of it, and knows what is to come next. Types of
 * messages that it does not know are passed over. Confined to the call loop.
 */
final class AgentReader {

    private static final Logger log = LoggerFactory.getLogger(AgentReader.class);

    private final CallerSide caller;
    private final AgentTurns turns;
    private final AnswerWatch watch;
    private final ToolCalls tools;
    private final AskedForCaller asked;
    private final GivenSentences sentences;
    private final EndOfTalk endOfTalk;
    private final Consumer<ToolCalled> onToolCall;

    /**
     * @param onToolCall told each call of a tool of ours
     */
    AgentReader(
            CallerSide caller,
            AgentTurns turns,
            AnswerWatch watch,
            ToolCalls tools,
            AskedForCaller asked,
            GivenSentences sentences,
            EndOfTalk endOfTalk,
            Consumer<ToolCalled> onToolCall) {
        this.caller = caller;
        this.turns = turns;
        this.watch = watch;
        this.tools = tools;
        this.asked = asked;
        this.sentences = sentences;
        this.endOfTalk = endOfTalk;
        this.onToolCall = onToolCall;
    }

    void audio(byte[] audio) {
        if (turns.agentAudio(audio)) {
            asked.stop();
            watch.answered();
            watch.expectAfter(turns.ahead());
            endOfTalk.expect();
        }
    }

    void message(String type, JsonNode message) {
        switch (type) {
            case "UserStartedSpeaking" -> callerStarted();
            case "ConversationText" ->
                said(message.path("role").asText(""), message.path("content").asText(""));
            case "AgentThinking" -> watch.extend();
            case "AgentStartedSpeaking" ->
                turns.agentStarted(message.path("ttt_latency").asDouble(0));
            case "AgentAudioDone" -> audioDone();
            case "FunctionCallRequest" -> callTools(message);
            case "FunctionCallCancelled" -> tools.cancelled(message);
            case "InjectionRefused" -> refused();
            default -> log.trace("Deepgram sent {}: nothing to do", type);
        }
    }

    /** A turn that awaits its answer goes on; after a reply that is ended nothing is owed until there are words. */
    private void callerStarted() {
        caller.speaking();
        if (turns.callerStarted()) {
            watch.stop();
        } else {
            watch.extendForCaller();
        }
    }

    private void said(String role, String text) {
        if (role.equals("user")) {
            callerSaid(text);
        } else if (role.equals("assistant") && !text.isBlank() && turns.agentSaid(text)) {
            watch.expectAfter(turns.ahead());
        }
    }

    private void callerSaid(String text) {
        if (asked.isEcho(text)) {
            return;
        }
        long lastWord = caller.lastWordNanos();
        caller.understood();
        if (text.isBlank()) {
            turns.callerSaidNothing();
        } else {
            asked.stop();
            watch.expect();
            turns.callerSaid(text, lastWord);
        }
    }

    /** What is said back at once was taken, and sentences are queued: so it is rather the caller's turn. */
    private void refused() {
        if (!asked.refused()) {
            sentences.refused();
        }
    }

    private void audioDone() {
        if (turns.audioDone()) {
            if (sentences.areWaiting()) {
                watch.expect();
            } else {
                watch.stop();
            }
        }
    }

    private void callTools(JsonNode message) {
        for (ToolCalled call : tools.requested(message)) {
            watch.stop();
            onToolCall.accept(call);
        }
        endOfTalk.expect();
    }
}
