package io.patchcord.app;

import io.patchcord.agent.CallContext;
import io.patchcord.agent.CallEvent;
import io.patchcord.agent.CallListener;
import io.patchcord.agent.TurnLatency;
import java.time.Duration;
import java.util.Locale;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/** Writes down what happens in calls: life cycle and latencies at info, words and keys at debug. Thread-safe. */
final class CallLog implements CallListener {

    /** The member of every log line that belongs to a call. */
    static final String CALL_ID = "call_id";

    private static final Logger log = LoggerFactory.getLogger(CallLog.class);

    @Override
    public void onEvent(CallContext call, CallEvent event) {
        MDC.put(CALL_ID, call.callId());
        try {
            write(call, event);
        } finally {
            MDC.remove(CALL_ID);
        }
    }

    private static void write(CallContext call, CallEvent event) {
        if (event instanceof CallEvent.Connected) {
            log.info(
                    "call from {} to {} by {}, provider {}, profile {}",
                    known(call.callerNumber()),
                    known(call.extension()),
                    call.arrival().name().toLowerCase(Locale.ROOT),
                    call.provider(),
                    call.profile());
        } else if (event instanceof CallEvent.CallerSaid said) {
            log.debug("caller: {}", said.text());
        } else if (event instanceof CallEvent.CallerPressed pressed) {
            log.debug("caller pressed {}", pressed.digit());
        } else if (event instanceof CallEvent.AgentSaid said) {
            log.debug("agent: {}", said.text());
        } else if (event instanceof CallEvent.Answered answered) {
            log.info("answered after {}", parts(answered.latency()));
        } else if (event instanceof CallEvent.Interrupted interrupted) {
            log.info("interrupted by the caller after {}", seconds(interrupted.playedOut()));
        } else if (event instanceof CallEvent.ToolUsed used) {
            log.info("used the tool {}", used.name());
            log.debug("{} with {}: {}", used.name(), used.arguments(), used.result());
        } else if (event instanceof CallEvent.MessageTaken taken) {
            log.info("took a message: {}", taken.message());
        } else if (event instanceof CallEvent.Ended ended) {
            log.info(
                    "{} after {}; {} frames sent, late p50 {}, p99 {}, max {}",
                    ended.reason().name().toLowerCase(Locale.ROOT).replace('_', ' '),
                    seconds(ended.duration()),
                    ended.frameClock().frames(),
                    millis(ended.frameClock().p50()),
                    millis(ended.frameClock().p99()),
                    millis(ended.frameClock().max()));
        } else {
            throw new AssertionError(event);
        }
    }

    private static String parts(TurnLatency latency) {
        return millis(latency.total()) + " (end of turn " + millis(latency.endpoint()) + ", words "
                + millis(latency.transcript()) + ", answer " + millis(latency.firstText()) + ", voice "
                + millis(latency.firstAudio()) + ", frame " + millis(latency.firstFrame()) + ")";
    }

    private static String known(String text) {
        return text.isBlank() ? "(unknown)" : text;
    }

    private static String millis(Duration duration) {
        return duration.toMillis() + " ms";
    }

    private static String seconds(Duration duration) {
        return String.format(Locale.ROOT, "%.1f s", duration.toMillis() / 1e3);
    }
}
