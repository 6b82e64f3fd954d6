package io.patchcord.provider.deepgram.agent;

import com.fasterxml.jackson.databind.JsonNode;
import io.patchcord.agent.loop.CallLoop;
import io.patchcord.agent.media.AudioFormat;
import io.patchcord.agent.media.AudioFrame;
import io.patchcord.agent.spi.ConversationItem.ToolCalled;
import io.patchcord.agent.spi.PressedKeys;
import io.patchcord.agent.spi.ProviderException;
import io.patchcord.agent.spi.ProviderException.Kind;
import io.patchcord.agent.spi.S2sEvent;
import io.patchcord.agent.spi.S2sListener;
import io.patchcord.agent.spi.S2sRequest;
import io.patchcord.agent.spi.S2sSession;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One call's conversation with a Voice Agent. When its connection is lost, the next one is told what was said so far, and goes
 * on where the conversation stood. Confined to the call loop.
 */
final class DeepgramAgentSession implements S2sSession {

    /** How long a new connection waits for tools that the lost one has asked for, so that they are not called twice. */
    private static final Duration TOOL_PATIENCE = Duration.ofSeconds(2);

    private final AgentConfig config;
    private final CallLoop loop;
    private final S2sListener listener;
    private final Optional<String> greeting;
    private final AgentMessages messages;
    private final ConversationLog conversation;
    private final ToolCalls tools;
    private final AgentLine line;
    private final AgentTurns turns;
    private final GivenSentences sentences;
    private final CallerSide caller;
    private final AnswerWatch watch;
    private final AskedForCaller asked;
    private final EndOfTalk endOfTalk;
    private final AgentReader reader;
    private final PressedKeys keys;

    private ConversationLog.Resumption resumption;
    private boolean ready;
    private boolean failed;
    private boolean closed;
    private CallLoop.@Nullable Timer later;

    DeepgramAgentSession(AgentConfig config, Dialer dialer, S2sRequest request, S2sListener listener) {
        this.config = config;
        this.loop = request.loop();
        this.listener = listener;
        this.greeting = request.greeting().filter(text -> !text.isBlank());
        this.messages = new AgentMessages(config, request);
        AudioFormat law = config.lawFor(request.inputFormat());
        this.conversation = new ConversationLog(request.history());
        this.resumption = conversation.resumption(false);
        this.tools = new ToolCalls(request.callId());
        this.line = new AgentLine(config, dialer, loop, request.callId(), new Service());
        Injections injections = new Injections();
        this.turns = new AgentTurns(loop, law, conversation, injections, greeting.orElse(""), this::tell);
        this.caller = new CallerSide(
                loop, request.inputFormat(), law, line::sendAudio, () -> line.send(AgentMessages.keepAlive()));
        this.watch = new AnswerWatch(loop, config.answerTimeout(), new ServiceWaits(), this::isSilent);
        this.asked = new AskedForCaller(loop, line, caller, turns, watch);
        this.endOfTalk = new EndOfTalk(loop, tools, turns);
        this.keys = new PressedKeys(loop, this::keysWerePressed);
        this.sentences = new GivenSentences(request.callId(), loop, line, injections, turns, watch);
        this.reader = new AgentReader(caller, turns, watch, tools, asked, sentences, endOfTalk, this::toolWasCalled);
        line.connect();
    }

    @Override
    public void sendAudio(AudioFrame frame) {
        if (isActive()) {
            caller.accept(frame);
        }
    }

    @Override
    public void sendDtmf(char digit) {
        if (isActive()) {
            keys.press(digit);
        }
    }

    /** A turn of the caller's. */
    private void keysWerePressed(String told) {
        turns.callerSaid(told, loop.nanoTime());
        if (isActive()) {
            asked.askInstead(told);
        }
    }

    @Override
    public void interrupt(String responseId, Duration playedOut) {
        if (isActive() && turns.interrupt(responseId, playedOut)) {
            watch.stop();
        }
    }

    @Override
    public void toolResult(String id, String result) {
        if (!isActive() || !tools.isKnown(id)) {
            return;
        }
        conversation.toolReturned(id, result);
        tools.returned(id).ifPresent(name -> {
            line.send(AgentMessages.functionCallResponse(id, name, result));
            watch.expect();
        });
        if (line.isWaitingForSettings() && !tools.hasUntold()) {
            sendSettings();
        }
    }

    @Override
    public void say(String text) {
        if (isActive() && !text.isBlank()) {
            sentences.say(text);
        }
    }

    @Override
    public void changeInstructions(String instructions) {
        line.sendChange(messages.updatePrompt(instructions));
    }

    @Override
    public void changeVoice(String voice) {
        line.sendChange(messages.updateSpeak(voice));
    }

    @Override
    public void close() {
        if (!closed) {
            stop();
            closed = true;
            loop.execute(() -> listener.onEvent(new S2sEvent.Closed()));
        }
    }

    private boolean isActive() {
        return !closed && !failed;
    }

    private void tell(S2sEvent event) {
        if (isActive()) {
            listener.onEvent(event);
        }
    }

    private void stop() {
        caller.close();
        watch.close();
        sentences.stop();
        asked.forget();
        keys.close();
        cancelLater();
        endOfTalk.stop();
        line.close();
    }

    private void cancelLater() {
        if (later != null) {
            later.cancel();
        }
    }

    /** What stands in them is found out as late as this: tools may have returned, the caller may have begun to speak. */
    private void sendSettings() {
        cancelLater();
        resumption = conversation.resumption(turns.callerSpeaks());
        asked.told();
        Optional<String> first = greeting.filter(text -> conversation.isEmpty() && !turns.callerSpeaks());
        line.sendSettings(messages.settings(first, resumption.history()));
        if (first.isPresent()) {
            watch.expectAfter(config.connectTimeout());
        }
    }

    private void start() {
        if (!ready) {
            ready = true;
            tell(new S2sEvent.Ready());
        }
        if (!isActive()) {
            return;
        }
        caller.connected();
        asked.ask(resumption);
        sentences.sayAll(resumption.unsaid());
        keys.ready();
    }

    private void toolWasCalled(ToolCalled call) {
        conversation.toolCalled(call);
        tell(new S2sEvent.ToolCall(call.callId(), call.name(), call.arguments()));
    }

    private final class ServiceWaits implements AnswerWatch.Waiting {

        @Override
        public boolean forTool() {
            return tools.isRunning();
        }

        @Override
        public boolean forCaller() {
            return caller.isLoud();
        }
    }

    /** The connection lives, and the service does not speak where it should. */
    private void isSilent() {
        String message = "Deepgram's Voice Agent said nothing for "
                + config.answerTimeout().toMillis() + " ms";
        line.replace(new ConnectionEnd(new ProviderException(Kind.TIMEOUT, message), !watch.isSilentAgain()));
    }

    /** What the service says. */
    private final class Service implements AgentLine.Owner {

        @Override
        public void onWelcome() {
            if (tools.hasUntold()) {
                later = loop.schedule(TOOL_PATIENCE, DeepgramAgentSession.this::sendSettings);
            } else {
                sendSettings();
            }
        }

        @Override
        public void onReady() {
            start();
        }

        @Override
        public void onLost() {
            caller.disconnected();
            watch.stop();
            sentences.stop();
            cancelLater();
            endOfTalk.stop();
            asked.forget();
            tools.connectionLost();
            turns.connectionLost();
        }

        @Override
        public void onFailed(ProviderException error) {
            stop();
            tell(new S2sEvent.Failed(error));
            failed = true;
        }

        @Override
        public void onAudio(byte[] audio) {
            reader.audio(audio);
        }

        @Override
        public void onMessage(String type, JsonNode message) {
            reader.message(type, message);
        }
    }
}
