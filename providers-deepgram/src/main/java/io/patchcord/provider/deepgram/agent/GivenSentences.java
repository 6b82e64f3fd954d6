package io.patchcord.provider.deepgram.agent;

import io.patchcord.agent.loop.CallLoop;
import io.patchcord.provider.deepgram.agent.AgentMessages.Behavior;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Has sentences spoken word for word, by InjectAgentMessage: after what is being said, or instead of it where that was
 * interrupted and the service does not know. Confined to the call loop.
 */
final class GivenSentences {

    private static final Logger log = LoggerFactory.getLogger(GivenSentences.class);
    private static final Duration PAUSE = Duration.ofMillis(500);

    private final String callId;
    private final CallLoop loop;
    private final AgentLine line;
    private final Injections injections;
    private final AgentTurns turns;
    private final AnswerWatch watch;
    private CallLoop.@Nullable Timer again;

    GivenSentences(
            String callId, CallLoop loop, AgentLine line, Injections injections, AgentTurns turns, AnswerWatch watch) {
        this.callId = callId;
        this.loop = loop;
        this.line = line;
        this.injections = injections;
        this.turns = turns;
        this.watch = watch;
    }

    void say(String text) {
        injections.add(text);
        inject(text);
    }

    /** A new connection is ready: the rest of a sentence that broke off, and those that were not begun. */
    void sayAll(Optional<String> rest) {
        rest.ifPresent(injections::addFirst);
        injections.unsaid().forEach(this::inject);
    }

    /** InjectionRefused, though we never ask for what a busy service refuses. */
    void refused() {
        if (injections.refused()) {
            stop();
            again = loop.schedule(PAUSE, () -> injections.refusedOnes().forEach(this::inject));
        } else {
            log.warn("[{}] Deepgram refused to say a sentence", callId);
        }
    }

    boolean areWaiting() {
        return injections.isWaiting();
    }

    /** The connection is lost, or the session over. */
    void stop() {
        if (again != null) {
            again.cancel();
        }
    }

    private void inject(String text) {
        if (line.isReady()) {
            Behavior behavior = turns.isOverridden() ? Behavior.INTERRUPT : Behavior.QUEUE;
            line.send(AgentMessages.injectAgentMessage(text, behavior));
            watch.expectAfter(turns.ahead());
        }
    }
}
