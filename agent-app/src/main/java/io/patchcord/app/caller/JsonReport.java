package io.patchcord.app.caller;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import io.patchcord.app.caller.FrameClock.Spread;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Tells a program what the calls came to: one JSON object, times in milliseconds. */
final class JsonReport {

    private final ObjectMapper mapper = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);
    private final PrintWriter out;

    JsonReport(PrintWriter out) {
        this.out = out;
    }

    void print(List<CallResult> calls) {
        Map<String, @Nullable Object> report = new LinkedHashMap<>();
        report.put("calls", calls.stream().map(JsonReport::call).toList());
        report.put("summary", summary(CallSummary.of(calls)));
        try {
            out.println(mapper.writeValueAsString(report));
            out.flush();
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Map<String, @Nullable Object> call(CallResult call) {
        Map<String, @Nullable Object> members = new LinkedHashMap<>();
        members.put("answered", call.answered());
        members.put("problem", call.problem().orElse(null));
        members.put("end", call.end().name().toLowerCase(Locale.ROOT));
        members.put("reason", call.reason());
        members.put("lengthMs", millis(call.length()));
        members.put("turns", call.turns().stream().map(JsonReport::turn).toList());
        members.put("frames", call.frames().frames());
        members.put("intervalMs", spread(call.frames().interval()));
        members.put("latenessMs", spread(call.frames().lateness()));
        members.put("gaps", call.frames().gaps());
        return members;
    }

    private static Map<String, @Nullable Object> turn(HeardTurn turn) {
        Map<String, @Nullable Object> members = new LinkedHashMap<>();
        members.put("said", turn.said());
        members.put("answered", turn.answered());
        members.put("heard", turn.heard().orElse(null));
        members.put("firstAudioMs", millis(turn.timeToFirstAudio()));
        members.put("speechMs", millis(turn.replyLength()));
        members.put("stopMs", millis(turn.timeToStop()));
        members.put("spokeOver", turn.spokeOver());
        return members;
    }

    private static Map<String, @Nullable Object> summary(CallSummary all) {
        Map<String, @Nullable Object> members = new LinkedHashMap<>();
        members.put("calls", all.calls());
        members.put("answeredCalls", all.answeredCalls());
        members.put("turns", all.turns());
        members.put("answeredTurns", all.answeredTurns());
        members.put("greetingMs", values(all.greeting()));
        members.put("firstAudioMs", values(all.firstAudio()));
        members.put("stopMs", values(all.stop()));
        members.put("worstLatenessMs", spread(all.worstLateness()));
        members.put("gaps", all.gaps());
        return members;
    }

    private static @Nullable Map<String, Object> values(CallSummary.Values values) {
        return values.count() == 0
                ? null
                : Map.of(
                        "count", values.count(),
                        "p50", millis(values.p50()),
                        "p95", millis(values.p95()),
                        "max", millis(values.max()));
    }

    private static Map<String, Object> spread(Spread spread) {
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("p50", millis(spread.p50()));
        members.put("p99", millis(spread.p99()));
        members.put("max", millis(spread.max()));
        return members;
    }

    private static @Nullable Double millis(Optional<Duration> duration) {
        return duration.map(JsonReport::millis).orElse(null);
    }

    private static double millis(Duration duration) {
        return Math.round(duration.toNanos() / 1e4) / 100.0;
    }
}
