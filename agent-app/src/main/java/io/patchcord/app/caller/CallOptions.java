package io.patchcord.app.caller;

import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What can be chosen about a call, beside what is said in it; picocli fills it in. */
final class CallOptions {

    @Option(
            names = "--to",
            paramLabel = "HOST:PORT",
            defaultValue = "127.0.0.1:8090",
            converter = AgentAddress.class,
            description = "Where the agent listens (default ${DEFAULT-VALUE})")
    InetSocketAddress to = new InetSocketAddress(0);

    @Option(names = "--out", paramLabel = "WAV", description = "Write what the agent sent to this file")
    @Nullable
    Path out;

    @Option(
            names = "--stereo",
            paramLabel = "WAV",
            description = "Write both sides to this file: the caller left, the agent right, as they were in time")
    @Nullable
    Path stereo;

    @Option(
            names = "--interrupt-after",
            paramLabel = "DURATION",
            converter = DurationConverter.class,
            description = "Do not let the agent finish: go on when it has spoken for this long")
    @Nullable
    Duration interruptAfter;

    @Option(
            names = "--quiet",
            paramLabel = "DURATION",
            defaultValue = "1s",
            converter = DurationConverter.class,
            description = "The agent has finished when it is silent for this long (default ${DEFAULT-VALUE})")
    Duration quiet = Duration.ZERO;

    @Option(
            names = "--greeting-timeout",
            paramLabel = "DURATION",
            defaultValue = "5s",
            converter = DurationConverter.class,
            description = "Speak first if no greeting has begun by then (default ${DEFAULT-VALUE})")
    Duration greetingTimeout = Duration.ZERO;

    @Option(
            names = "--reply-timeout",
            paramLabel = "DURATION",
            defaultValue = "15s",
            converter = DurationConverter.class,
            description = "Go on if no answer has begun by then (default ${DEFAULT-VALUE})")
    Duration replyTimeout = Duration.ZERO;

    @Option(
            names = "--call-timeout",
            paramLabel = "DURATION",
            defaultValue = "3m",
            converter = DurationConverter.class,
            description = "Hang up after this long in any case (default ${DEFAULT-VALUE})")
    Duration callTimeout = Duration.ZERO;

    @Option(
            names = "--calls",
            paramLabel = "N",
            defaultValue = "1",
            description = "Make so many calls at once; files are numbered (default ${DEFAULT-VALUE})")
    int calls = 1;

    @Option(
            names = "--stagger",
            paramLabel = "DURATION",
            defaultValue = "0ms",
            converter = DurationConverter.class,
            description = "Begin each call this long after the one before (default ${DEFAULT-VALUE})")
    Duration stagger = Duration.ZERO;

    @Option(
            names = "--no-transcript",
            negatable = true,
            defaultValue = "true",
            fallbackValue = "true",
            description = "Do not write down the agent's words")
    boolean transcript = true;

    @Option(names = "--json", description = "Print one JSON object instead of text")
    boolean json;

    Timing timing() {
        return new Timing(greetingTimeout, quiet, replyTimeout, Optional.ofNullable(interruptAfter), callTimeout);
    }
}
