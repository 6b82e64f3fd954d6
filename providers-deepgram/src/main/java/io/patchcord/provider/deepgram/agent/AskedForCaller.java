package io.patchcord.provider.deepgram.agent;

import io.patchcord.agent.loop.CallLoop;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a connection is asked in the caller's name: because the lost one owed him an answer, or because he pressed keys. Where
 * the caller seems to speak it is his words that will be answered; if it was but a noise, the old question is asked when he is
 * silent again. Confined to the call loop.
 */
final class AskedForCaller {

    /** The words of a turn are told sooner after its end. */
    private static final Duration FOR_WORDS = Duration.ofSeconds(3);

    private final CallLoop loop;
    private final AgentLine line;
    private final CallerSide caller;
    private final AgentTurns turns;
    private final AnswerWatch watch;
    private final WrittenTurns written = new WrittenTurns();
    private final RefusedTurns refused;
    /** What the caller said between the time when a connection was told the conversation and the time when it is ready. */
    private final List<String> saidMeanwhile = new ArrayList<>();

    private CallLoop.@Nullable Timer timer;

    AskedForCaller(CallLoop loop, AgentLine line, CallerSide caller, AgentTurns turns, AnswerWatch watch) {
        this.loop = loop;
        this.line = line;
        this.caller = caller;
        this.turns = turns;
        this.watch = watch;
        this.refused = new RefusedTurns(loop, () -> turns.isAnswering() || caller.isLoud(), this::askAgain);
    }

    /** The connection is ready, and was told this. */
    void ask(ConversationLog.Resumption resumption) {
        if (saidMeanwhile.isEmpty()) {
            resumption.callerTurn().ifPresent(this::ask);
            resumption.owed().ifPresent(this::askUnlessWordsCome);
            return;
        }
        // The caller's turn is not in what the connection was told, and would be lost; a wish of ours may be.
        resumption
                .callerTurn()
                .filter(text -> !text.equals(ConversationLog.GO_ON))
                .ifPresent(this::ask);
        saidMeanwhile.forEach(this::ask);
        saidMeanwhile.clear();
    }

    /** What was said until now is in what the connection is told. */
    void told() {
        saidMeanwhile.clear();
    }

    /** The caller says this without his voice; older questions are dealt with. */
    void askInstead(String text) {
        stop();
        if (line.isReady()) {
            ask(text);
        } else {
            saidMeanwhile.add(text);
        }
    }

    /** Whether the service tells nothing but what we have asked. */
    boolean isEcho(String text) {
        return written.isEcho(text);
    }

    /** InjectionRefused: false if it is none of ours that was refused. */
    boolean refused() {
        Optional<String> text = written.refused(loop.nanoTime());
        text.ifPresent(refused::add);
        return text.isPresent();
    }

    /** The caller's own words, or an answer, have come. */
    void stop() {
        if (timer != null) {
            timer.cancel();
            timer = null;
        }
    }

    /** The connection is lost, or the session over. */
    void forget() {
        stop();
        written.clear();
        refused.clear();
    }

    private void ask(String text) {
        send(text);
        watch.expect();
    }

    /** However often it is refused: a service that takes too long about it is noticed as one that does not answer. */
    private void askAgain(String text) {
        send(text);
        watch.expectStill();
    }

    private void send(String text) {
        written.told(text, loop.nanoTime());
        line.send(AgentMessages.injectUserMessage(text));
    }

    private void askUnlessWordsCome(String text) {
        timer = loop.schedule(FOR_WORDS, () -> {
            if (caller.isLoud()) {
                askUnlessWordsCome(text);
            } else {
                timer = null;
                turns.callerSaidNothing();
                ask(text);
            }
        });
    }
}
