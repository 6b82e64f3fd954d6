package io.patchcord.provider.openai;

import io.patchcord.agent.loop.CallLoop;
import io.patchcord.agent.media.AudioFrame;
import io.patchcord.agent.spi.ConversationItem;
import io.patchcord.agent.spi.ProviderException;
import io.patchcord.agent.spi.ProviderException.Kind;
import io.patchcord.agent.spi.S2sEvent;
import io.patchcord.agent.spi.S2sListener;
import io.patchcord.agent.spi.S2sRequest;
import io.patchcord.agent.spi.S2sSession;
import io.patchcord.agent.spi.VadEngine;
import io.patchcord.provider.openai.ServerEvent.Usage;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One call's conversation through the Realtime API, which may be held in several of its sessions, one after the other.
 * Confined to the call loop.
 */
final class RealtimeSession implements S2sSession, Lifeline.Owner, ResponseRequests.Owner {

    private static final Logger log = LoggerFactory.getLogger(RealtimeSession.class);

    private final S2sRequest request;
    private final CallLoop loop;
    private final S2sListener listener;
    private final CallSetup setup;
    private final RateLimitWatch rateLimits;
    private final RealtimeSettings.Limits limits;
    private final CurrentLink link = new CurrentLink();
    private final Conversation conversation;
    private final CallerAudio audio;
    private final ResponseRequests requests;
    private final ToolCalls tools;
    private final Responses responses;
    private final CallerTurns turns;
    private final CallerInput input;
    private final Lifeline lifeline;
    private int stalls;
    private boolean ready;
    private boolean failed;
    private boolean closed;

    /**
     * Begins to open the first session of the API.
     *
     * @param rateLimits of the account, for all calls
     * @param vad finds the turns, if the server does not
     * @param opener begins to open a session
     */
    RealtimeSession(
            RealtimeSettings settings,
            S2sRequest request,
            CallSetup setup,
            RateLimitWatch rateLimits,
            Optional<VadEngine> vad,
            Function<RealtimeLink.Listener, RealtimeLink> opener,
            S2sListener listener) {
        this.request = request;
        this.loop = request.loop();
        this.listener = listener;
        this.setup = setup;
        this.rateLimits = rateLimits;
        this.limits = settings.limits();
        String callId = request.callId();
        RealtimeSettings.Listening hearing = settings.listening();
        this.conversation = new Conversation(request.history());
        this.audio = new CallerAudio(loop, setup.in());
        this.requests = new ResponseRequests(loop, link, limits.response(), this);
        LateItems late = new LateItems(requests);
        this.tools = new ToolCalls(link, conversation, requests, late, this::tell);
        TurnMarks marks = new TurnMarks(loop, this::tell);
        AgentSpeech speech = new AgentSpeech(callId, setup.out(), conversation, marks, this::tell);
        this.responses = new Responses(callId, speech, link, conversation, requests, tools, late, marks, this::tell);
        CallerWords words = new CallerWords(loop, hearing.transcription().isPresent(), this::tell);
        this.turns = new CallerTurns(
                callId, link, audio, conversation, requests, late, marks, words, hearing.turns(), this::tell);
        OwnTurns ownTurns = hearing.turns() instanceof TurnDetection.Ours ours && vad.isPresent()
                ? new OwnTurns(loop, vad.get(), ours, audio, link, turns)
                : null;
        this.input = new CallerInput(loop, request.inputFormat(), audio, turns, ownTurns);
        this.lifeline = new Lifeline(callId, loop, limits.session(), limits.tries(), opener, this);
        begin();
        lifeline.start();
    }

    /** What is to be said first: the greeting, which the model finds if none is given, or the answer that is awaited. */
    private void begin() {
        List<ConversationItem> history = request.history();
        if (history.isEmpty()) {
            request.greeting().filter(text -> !text.isBlank()).ifPresentOrElse(requests::say, requests::owe);
            return;
        }
        ConversationItem last = history.get(history.size() - 1);
        if (last instanceof ConversationItem.CallerSaid || last instanceof ConversationItem.ToolReturned) {
            requests.owe();
        }
    }

    @Override
    public void sendAudio(AudioFrame frame) {
        if (isActive()) {
            input.hear(frame);
        }
    }

    @Override
    public void sendDtmf(char digit) {
        if (isActive()) {
            input.press(digit);
        }
    }

    @Override
    public void interrupt(String responseId, Duration playedOut) {
        if (isActive()) {
            responses.interrupt(responseId, playedOut);
        }
    }

    @Override
    public void playedOut(String responseId) {
        if (isActive()) {
            responses.playedOut(responseId);
            lifeline.pause();
        }
    }

    @Override
    public void toolResult(String callId, String result) {
        if (isActive()) {
            tools.returned(callId, result);
        }
    }

    @Override
    public void changeInstructions(String instructions) {
        if (isActive()) {
            link.send(ClientEvents.sessionUpdate(setup.changeInstructions(instructions)));
        }
    }

    /** The voice of a session that has spoken is fixed, so another one has to take over. */
    @Override
    public void changeVoice(String voice) {
        if (isActive()) {
            setup.changeVoice(voice);
            lifeline.renew();
        }
    }

    @Override
    public void say(String text) {
        if (isActive()) {
            requests.say(text);
        }
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            stop();
            loop.execute(() -> listener.onEvent(new S2sEvent.Closed()));
        }
    }

    @Override
    public void moveTo(RealtimeLink newLink) {
        conversation.move().forEach(item -> newLink.send(ClientEvents.create(item)));
        link.use(newLink);
        turns.recommit();
        audio.goOnOver(newLink);
        if (!ready) {
            ready = true;
            tell(new S2sEvent.Ready());
        }
        turns.goOn();
        responses.goOn();
        input.ready();
    }

    @Override
    public void hear(ServerEvent event) {
        if (event instanceof ServerEvent.ResponseCreated) {
            turns.responseBegins();
        }
        if (responses.hear(event)) {
            if (event instanceof ServerEvent.ResponseDone done && done.status().equals("completed")) {
                stalls = 0;
                lifeline.works();
            }
        } else if (event instanceof ServerEvent.Failure failure) {
            onError(failure.error());
        } else if (event instanceof ServerEvent.RateLimits limitsLeft) {
            limitsLeft.limits().forEach(limit -> rateLimits.note(request.callId(), limit));
        } else if (!turns.hear(event)) {
            throw new AssertionError(event);
        }
        lifeline.pause();
    }

    @Override
    public void linkLost() {
        link.lose();
        audio.hold();
        turns.lost();
        responses.lost();
    }

    @Override
    public boolean isBetweenTurns() {
        return requests.isIdle() && tools.isEmpty() && !responses.isSounding() && !turns.isBusy();
    }

    @Override
    public void gone(ProviderException why) {
        tell(new S2sEvent.Failed(why));
    }

    @Override
    public void stalled() {
        ProviderException why = new ProviderException(
                Kind.TIMEOUT,
                "nothing came of a response for " + limits.response().toMillis() + " ms");
        stalls++;
        if (stalls > 1) {
            gone(why);
        } else {
            lifeline.replace(why);
        }
    }

    @Override
    public void failing(ServerError error) {
        gone(Trouble.response(error));
    }

    private void onError(ServerError error) {
        if (requests.refused(error)) {
            log.debug("[{}] OpenAI refuses a response for now: {}", request.callId(), error.words());
        } else if (error.code().equals("response_cancel_not_active")) {
            log.debug("[{}] a response ended before it could be interrupted", request.callId());
        } else {
            log.warn("[{}] OpenAI reports: {}", request.callId(), error.words());
        }
    }

    private boolean isActive() {
        return !closed && !failed;
    }

    private void tell(S2sEvent event) {
        if (!isActive()) {
            return;
        }
        if (event instanceof S2sEvent.Failed) {
            failed = true;
            stop();
        }
        listener.onEvent(event);
    }

    private void stop() {
        input.close();
        requests.close();
        link.lose();
        lifeline.close();
        if (!responses.usage().equals(Usage.NONE)) {
            log.info("[{}] OpenAI used {}", request.callId(), responses.usage());
        }
    }
}
