package io.patchcord.provider.deepgram.agent;

import io.patchcord.agent.loop.CallLoop;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What a connection is asked in the caller's name: because the lost one owed him an answer, or because he pressed keys. Where the caller seems to
 * speak it is his words that will be answered; if it was but a noise, the old question is asked when he is silent again.
 * Confined to the call loop.
 */
final class AskedForCaller {

    /** The words of a turn are told sooner after its end. */
    private static final Duration FOR_WORDS = Duration.ofSeconds(3);

    private final CallLoop loop;
    private final AgentLine line;
    private final CallerSide caller;
    private final AgentTurns turns;
    private final AnswerWatch watch;
    private String echo = "";
    /** What the caller said between the time when a connection was told the conversation and the time when it is ready. */
    private String saidMeanwhile = "";

    private CallLoop.@Nullable Timer timer;

    AskedForCaller(CallLoop loop, AgentLine line, CallerSide caller, AgentTurns turns, AnswerWatch watch) {
        this.loop = loop;
        this.line = line;
        this.caller = caller;
        this.turns = turns;
        this.watch = watch;
    }

    /** The connection is ready, and was told this. */
    void ask(ConversationLog.Resumption resumption) {
        if (!saidMeanwhile.isEmpty()) {
            ask(saidMeanwhile);
            saidMeanwhile = "";
            return;
        }
        resumption.callerTurn().ifPresent(this::ask);
        resumption.owed().ifPresent(this::askUnlessWordsCome);
    }

    /** What was said until now is in what the connection is told. */
    void told() {
        saidMeanwhile = "";
    }

    /** The caller says this without his voice; older questions are dealt with. */
    void askInstead(String text) {
        stop();
        if (line.isReady()) {
            ask(text);
        } else {
            saidMeanwhile = text;
        }
    }

    /** Whether the service tells nothing but what we have asked. */
    boolean isEcho(String text) {
        boolean same = !echo.isEmpty() && echo.equals(text.strip());
        if (same) {
            echo = "";
        }
        return same;
    }

    /** The caller's own words, or an answer, have come; or there is no connection any more. */
    void stop() {
        if (timer != null) {
            timer.cancel();
            timer = null;
        }
    }

    void connectionLost() {
        stop();
        echo = "";
    }

    private void ask(String text) {
        echo = text.strip();
        line.send(AgentMessages.injectUserMessage(text));
        watch.expect();
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
