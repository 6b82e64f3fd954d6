package io.patchcord.agent;

import io.patchcord.agent.CallEvent.EndReason;
import io.patchcord.agent.loop.CallLoop;
import io.patchcord.agent.media.AudioFrame;
import io.patchcord.agent.media.MediaListener;
import io.patchcord.agent.media.MediaPort;
import io.patchcord.agent.media.Playout;
import io.patchcord.agent.spi.ProviderException;
import io.patchcord.agent.spi.S2sEvent;
import io.patchcord.agent.spi.S2sRequest;
import io.patchcord.agent.spi.S2sSession;
import io.patchcord.agent.turn.BargeInPolicy;
import io.patchcord.agent.turn.TurnTracker;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One call's conversation: between the {@link MediaPort} on one side and the provider's {@link S2sSession} on the other it
 * decides who speaks, and ends the call in the right order.
 *
 * <p>Life cycle: {@link #start} sends silence and opens the provider; {@link #live} lets the caller hear the agent;
 * {@link #end}, from either side, closes everything once. Confined to the call loop.
 */
public final class CallSession {

    private static final Logger log = LoggerFactory.getLogger(CallSession.class);

    /** How long a farewell may take before the call is ended without it. */
    private static final Duration LAST_WORD_LIMIT = Duration.ofSeconds(20);

    /**
     * How long a model's farewell may take to come after the tool that ends the call: where voice and model are two services,
     * the tool can overtake the words that were said before it.
     */
    private static final Duration WORDS_ON_THEIR_WAY = Duration.ofMillis(800);

    private final VoiceAgent agent;
    private CallContext call;
    private final CallLoop loop;
    private final MediaPort port;
    private final CallControl control;
    private final boolean refusal;
    private final SpeechOut out;
    private final TurnTracker turns;
    private final LatencyMeter latency = new LatencyMeter();
    private final ToolRunner tools;

    /** What happened before the caller could hear it; nobody is told if that never comes. */
    private final List<CallEvent> early = new ArrayList<>();

    private @Nullable S2sSession session;
    private CallLoop.@Nullable Timer limit;
    private @Nullable Runnable afterLastWord;
    private long lastWordNotBefore;
    private long startNanos;
    private boolean live;
    private boolean ended;

    CallSession(
            VoiceAgent agent, CallContext call, CallLoop loop, MediaPort port, CallControl control, boolean refusal) {
        this.agent = agent;
        this.call = call;
        this.loop = loop;
        this.port = port;
        this.control = control;
        this.refusal = refusal;
        this.out = new SpeechOut(port, new Playout(loop, port, new PlayoutEvents()));
        this.turns = new TurnTracker(
                loop, refusal ? BargeInPolicy.NEVER : agent.profile().bargeIn(), new AgentVoice());
        this.tools = new ToolRunner(agent.tools(), loop, new ToolEffects());
    }

    public CallContext call() {
        return call;
    }

    /** More became known about the caller, before {@link #live}. */
    public void identify(CallContext better) {
        call = better;
    }

    /** Begins to send silence, which Asterisk needs from the first moment, and opens the provider's session. */
    public void start() {
        startNanos = loop.nanoTime();
        out.playout().hold();
        port.start(new PortEvents());
        if (ended) {
            return;
        }
        out.playout().start();
        limit = loop.schedule(agent.profile().maxDuration(), () -> finish(EndReason.TOO_LONG, control::hangUp));
        try {
            session = new GuardedSession(agent.engine().open(request(), this::onEvent), this::threw);
        } catch (RuntimeException e) {
            failed(ProviderException.of(e));
        }
    }

    /** The caller can hear and be heard: what the agent has to say may go out. */
    public void live() {
        if (live || ended) {
            return;
        }
        live = true;
        out.playout().release();
        emit(new CallEvent.Connected());
        early.forEach(this::emit);
        early.clear();
        if (refusal && !agent.engine().capabilities().say()) {
            finish(EndReason.REFUSED, control::giveUp);
        }
    }

    /** Ends the conversation and its audio. Idempotent; what happens to the caller is the business of who calls. */
    public void end(EndReason reason) {
        if (ended) {
            return;
        }
        ended = true;
        if (limit != null) {
            limit.cancel();
        }
        turns.close();
        if (session != null) {
            session.close();
        }
        out.playout().close();
        port.close();
        emit(new CallEvent.Ended(reason, Duration.ofNanos(loop.nanoTime() - startNanos), out.frameClock()));
    }

    /** Ends the conversation because the agent stops; the caller's dialplan goes on. */
    public void shutDown() {
        finish(EndReason.SHUTDOWN, control::giveUp);
    }

    private S2sRequest request() {
        AgentProfile profile = agent.profile();
        return new S2sRequest(
                call.callId(),
                loop,
                port.format(),
                port.format(),
                profile.instructions(),
                refusal ? Optional.of(profile.notConfigured()) : profile.greeting(),
                profile.language(),
                profile.voice(),
                refusal ? List.of() : agent.tools().specs(),
                List.of());
    }

    private void onEvent(S2sEvent event) {
        if (ended) {
            return;
        }
        if (event instanceof S2sEvent.ResponseAudio audio) {
            out.audio(audio.responseId(), audio.audio());
        } else if (event instanceof S2sEvent.ResponseStarted started) {
            out.started(started.responseId());
        } else if (event instanceof S2sEvent.ResponseDone done) {
            out.done(done.responseId());
        } else if (event instanceof S2sEvent.ResponseText text) {
            emit(new CallEvent.AgentSaid(text.responseId(), text.text()));
        } else if (event instanceof S2sEvent.SpeechStarted) {
            turns.speechStarted();
        } else if (event instanceof S2sEvent.SpeechStopped) {
            turns.speechStopped();
        } else if (event instanceof S2sEvent.TurnEnded turn) {
            turns.turnEnded();
            latency.turnEnded(turn.speechEndNanos());
        } else if (event instanceof S2sEvent.InputTranscript transcript) {
            if (transcript.isFinal()) {
                emit(new CallEvent.CallerSaid(transcript.text()));
            }
        } else if (event instanceof S2sEvent.LatencyMark mark) {
            latency.mark(mark.stage(), mark.atNanos());
        } else if (event instanceof S2sEvent.ToolCall tool) {
            tools.run(tool);
        } else if (event instanceof S2sEvent.Failed failure) {
            failed(failure.error());
        } else if (event instanceof S2sEvent.Closed) {
            saysNoMore();
        } else if (!(event instanceof S2sEvent.Ready)) {
            throw new AssertionError(event);
        }
        runAfterLastWord();
    }

    /** The call may be in the middle of anything, so that its end has to wait. */
    private void threw(ProviderException error) {
        loop.execute(() -> failed(error));
    }

    private void failed(ProviderException error) {
        if (!ended) {
            log.warn("[{}] the provider gave up: {} ({})", call.callId(), error.getMessage(), error.kind());
            saysNoMore();
        }
    }

    /** What the provider has said is heard to its end, and then the call is given up, unless it is to end otherwise. */
    private void saysNoMore() {
        out.allDone();
        afterLastWord(() -> finish(EndReason.PROVIDER_FAILED, control::giveUp));
    }

    private void finish(EndReason reason, Runnable then) {
        if (!ended) {
            // First, since the end of the audio may be all that an Asterisk is told.
            then.run();
            end(reason);
        }
    }

    /** Runs the action when all that the agent has to say has been heard, or the limit has passed. The first one wins. */
    private void afterLastWord(Runnable action) {
        afterLastWord(Duration.ZERO, action);
    }

    /** As {@link #afterLastWord(Runnable)}; if nothing is being said, that may begin within the patience. */
    private void afterLastWord(Duration patience, Runnable action) {
        if (afterLastWord != null || ended) {
            return;
        }
        afterLastWord = action;
        lastWordNotBefore = loop.nanoTime();
        turns.policy(BargeInPolicy.NEVER);
        loop.schedule(LAST_WORD_LIMIT, action);
        if (!out.isBusy() && !patience.isZero()) {
            lastWordNotBefore += patience.toNanos();
            loop.schedule(patience, this::runAfterLastWord);
        }
        runAfterLastWord();
    }

    private void runAfterLastWord() {
        boolean due = loop.nanoTime() - lastWordNotBefore >= 0;
        if (afterLastWord != null && due && !out.isBusy() && !ended) {
            afterLastWord.run();
        }
    }

    private void emit(CallEvent event) {
        if (!(event instanceof CallEvent.Ended)) {
            if (ended) {
                return; // such as what a tool brings too late
            }
            if (!live) {
                early.add(event);
                return;
            }
        }
        try {
            agent.listener().onEvent(call, event);
        } catch (RuntimeException e) {
            log.error("[{}] a call listener threw on {}", call.callId(), event, e);
        }
    }

    /** The caller's side. */
    private final class PortEvents implements MediaListener {

        @Override
        public void onAudio(AudioFrame frame) {
            if (live && !refusal && session != null) {
                session.sendAudio(frame);
            }
        }

        @Override
        public void onDtmf(char digit) {
            emit(new CallEvent.CallerPressed(digit));
            if (live && !refusal && session != null) {
                session.sendDtmf(digit);
            }
        }

        @Override
        public void onClosed(CloseReason reason) {
            EndReason end = reason == CloseReason.FAILED ? EndReason.MEDIA_FAILED : EndReason.CALLER_HUNG_UP;
            finish(end, control::giveUp);
        }
    }

    /** What has been heard. */
    private final class PlayoutEvents implements Playout.Listener {

        @Override
        public void onStarted(String responseId) {
            turns.agentStarted();
            latency.firstFrame(loop.nanoTime()).ifPresent(turn -> emit(new CallEvent.Answered(turn)));
        }

        @Override
        public void onFinished(String responseId) {
            if (session != null) {
                session.playedOut(responseId);
            }
            if (!out.playout().isBusy()) {
                turns.agentFinished();
            }
            if (refusal) {
                loop.execute(() -> finish(EndReason.REFUSED, control::giveUp));
            }
            loop.execute(CallSession.this::runAfterLastWord);
        }
    }

    /** What turns do to the voice. */
    private final class AgentVoice implements TurnTracker.Voice {

        @Override
        public void yieldToCaller() {
            latency.reset();
            for (Map.Entry<String, Duration> response : out.stop().entrySet()) {
                if (session != null) {
                    session.interrupt(response.getKey(), response.getValue());
                }
                emit(new CallEvent.Interrupted(response.getKey(), response.getValue()));
            }
        }

        @Override
        public void hold() {
            out.playout().hold();
        }

        @Override
        public void release() {
            out.playout().release();
        }
    }

    /** What tools do to the call. */
    private final class ToolEffects implements ToolRunner.Effects {

        @Override
        public String callId() {
            return call.callId();
        }

        @Override
        public void hangUpAfterLastWord() {
            afterLastWord(WORDS_ON_THEIR_WAY, () -> finish(EndReason.AGENT_HUNG_UP, control::hangUp));
        }

        @Override
        public void transferAfterLastWord(String destination) {
            afterLastWord(WORDS_ON_THEIR_WAY, () -> finish(EndReason.TRANSFERRED, () -> control.transfer(destination)));
        }

        @Override
        public void changeInstructions(String instructions) {
            if (session != null) {
                session.changeInstructions(instructions);
            }
        }

        @Override
        public void changeVoice(String voice) {
            if (session != null) {
                session.changeVoice(voice);
            }
        }

        @Override
        public void messageTaken(Map<String, Object> message) {
            emit(new CallEvent.MessageTaken(message));
        }

        @Override
        public void done(S2sEvent.ToolCall tool, String result) {
            emit(new CallEvent.ToolUsed(tool.name(), tool.arguments(), result));
            if (!ended && afterLastWord == null && session != null) {
                session.toolResult(tool.callId(), result);
            }
        }
    }
}
