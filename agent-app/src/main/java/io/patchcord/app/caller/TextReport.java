package io.patchcord.app.caller;

import io.patchcord.app.caller.FrameClock.Spread;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/** Tells a person what the calls came to. */
final class TextReport {

    private final PrintWriter out;

    TextReport(PrintWriter out) {
        this.out = out;
    }

    void print(List<CallResult> calls) {
        for (int i = 0; i < calls.size(); i++) {
            if (calls.size() > 1) {
                line("Call %d:", i + 1);
            }
            print(calls.get(i));
        }
        if (calls.size() > 1) {
            print(CallSummary.of(calls));
        }
        out.flush();
    }

    private void print(CallResult call) {
        if (call.problem().isPresent()) {
            line("  no call: %s", call.problem().get());
            return;
        }
        call.turns().stream().limit(1).forEach(this::printGreeting);
        call.turns().stream().skip(1).forEach(this::printTurn);
        line("  %s after %s", end(call), seconds(call.length()));
        Spread interval = call.frames().interval();
        Spread late = call.frames().lateness();
        line(
                "  %d frames: interval p50 %s, p99 %s, max %s; late p50 %s, p99 %s, max %s; gaps %d",
                call.frames().frames(),
                millis(interval.p50()),
                millis(interval.p99()),
                millis(interval.max()),
                millis(late.p50()),
                millis(late.p99()),
                millis(late.max()),
                call.frames().gaps());
    }

    private void printGreeting(HeardTurn turn) {
        if (turn.answered()) {
            line("  agent: %s", words(turn));
            line("         greeting after %s", first(turn));
        } else {
            line("  agent: (no greeting)");
        }
    }

    private void printTurn(HeardTurn turn) {
        line("  you:   %s", turn.said());
        turn.timeToStop().ifPresent(time -> line("         interrupted: the agent stopped after %s", millis(time)));
        if (!turn.answered()) {
            line("  agent: (no answer)");
            return;
        }
        line("  agent: %s", words(turn));
        if (turn.spokeOver()) {
            line("         spoke before you had finished");
        } else {
            line("         time to first audio %s", first(turn));
        }
    }

    private static String words(HeardTurn turn) {
        return turn.heard().map(text -> text.isEmpty() ? "(no words)" : text).orElse("(speaks)");
    }

    private static String first(HeardTurn turn) {
        return turn.timeToFirstAudio().map(TextReport::millis).orElse("an unknown time") + ", "
                + turn.replyLength().map(TextReport::seconds).orElse("nothing") + " of speech";
    }

    private static String end(CallResult call) {
        return switch (call.end()) {
            case CALLER -> "hung up";
            case AGENT -> "the agent hung up";
            case TOO_LONG -> "gave up, the call lasted too long";
            case BROKEN -> "the call broke (" + call.reason() + ")";
        };
    }

    private void print(CallSummary all) {
        line(
                "All %d calls: %d answered, %d of %d turns answered",
                all.calls(), all.answeredCalls(), all.answeredTurns(), all.turns());
        print("greeting", all.greeting());
        print("time to first audio", all.firstAudio());
        print("time to stop", all.stop());
        line(
                "  frames of the worst call: late p50 %s, p99 %s, max %s; gaps in all %d",
                millis(all.worstLateness().p50()),
                millis(all.worstLateness().p99()),
                millis(all.worstLateness().max()),
                all.gaps());
    }

    private void print(String name, CallSummary.Values values) {
        if (values.count() > 0) {
            line(
                    "  %s: p50 %s, p95 %s, max %s (%d)",
                    name, millis(values.p50()), millis(values.p95()), millis(values.max()), values.count());
        }
    }

    private static String millis(Duration duration) {
        return String.format(Locale.ROOT, "%.1f ms", duration.toNanos() / 1e6);
    }

    private static String seconds(Duration duration) {
        return String.format(Locale.ROOT, "%.2f s", duration.toNanos() / 1e9);
    }

    private void line(String format, Object... values) {
        out.println(String.format(Locale.ROOT, format, values));
    }
}
