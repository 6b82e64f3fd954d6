package io.patchcord.app.caller;

import io.patchcord.agent.media.WavException;
import io.patchcord.agent.spi.ProviderConfig;
import io.patchcord.agent.spi.Providers;
import io.patchcord.audiosocket.AudioSocketClient;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** The built-in caller: calls an agent as Asterisk would, says what it is told to, and tells what it heard and when. */
@Command(
        name = "call",
        customSynopsis = "agent-app call [OPTIONS]",
        sortOptions = false,
        mixinStandardHelpOptions = true,
        description = {
            "Call an agent over AudioSocket, as Asterisk would: listen to the greeting, say something, listen to the answer,"
                    + " and so on; then print what was heard, how soon, and how evenly it came.",
            "Exit code 0 if everything was answered, 1 if not."
        })
public final class CallCommand implements Callable<Integer> {

    /** How long the ending of a call may take beyond its own limit: connecting and draining. */
    private static final Duration ENDING = Duration.ofSeconds(10);

    private final Providers providers;
    private final Supplier<ProviderConfig> settings;
    private final Supplier<PrintWriter> output;

    @ArgGroup(
            order = 1,
            multiplicity = "0..*",
            heading = "%nWhat the caller does, in this order, each when the agent has finished:%n")
    private final List<StepOption> steps = new ArrayList<>();

    @Mixin
    private final CallOptions options = new CallOptions();

    /**
     * Makes the command.
     *
     * @param settings asked when the local voice or recognition is needed
     * @param output where the report goes
     */
    public CallCommand(Providers providers, Supplier<ProviderConfig> settings, Supplier<PrintWriter> output) {
        this.providers = providers;
        this.settings = settings;
        this.output = output;
    }

    @Override
    public Integer call() {
        try (CallerTools tools = new CallerTools(providers, settings.get())) {
            List<CallerStep> script = script(tools);
            List<CallResult> results = results(place(script), tools);
            if (options.json) {
                new JsonReport(output.get()).print(results);
            } else {
                new TextReport(output.get()).print(results);
            }
            return results.stream().allMatch(CallResult::answered) ? 0 : 1;
        }
    }

    private List<CallerStep> script(CallerTools tools) {
        try {
            return steps.stream().map(step -> step.load(tools::speak)).toList();
        } catch (IllegalArgumentException | UncheckedIOException | WavException e) {
            throw new UsageException(String.valueOf(e.getMessage()), e);
        }
    }

    private List<CompletableFuture<CallRecord>> place(List<CallerStep> script) {
        Timing timing = options.timing();
        try (AudioSocketClient client = AudioSocketClient.create()) {
            List<CompletableFuture<CallRecord>> calls = new ArrayList<>();
            for (int i = 0; i < options.calls; i++) {
                long wait = options.stagger.toNanos() * i;
                calls.add(CompletableFuture.supplyAsync(
                                () -> WireCall.place(client, options.to, script, timing),
                                CompletableFuture.delayedExecutor(wait, TimeUnit.NANOSECONDS))
                        .thenCompose(Function.identity()));
            }
            Duration longest = timing.call().plus(ENDING).plus(options.stagger.multipliedBy(options.calls));
            CompletableFuture.allOf(calls.toArray(CompletableFuture[]::new))
                    .orTimeout(longest.toMillis(), TimeUnit.MILLISECONDS)
                    .handle((done, error) -> error == null)
                    .join();
            return calls;
        }
    }

    private List<CallResult> results(List<CompletableFuture<CallRecord>> calls, CallerTools tools) {
        Optional<Transcriber> transcriber = options.transcript ? tools.transcriber() : Optional.empty();
        HeardTurn.Ear ear = samples -> transcriber.map(each -> each.transcribe(samples));
        List<CallResult> results = new ArrayList<>();
        for (CompletableFuture<CallRecord> call : calls) {
            results.add(result(call, ear, results.size() + 1));
        }
        return results;
    }

    private CallResult result(CompletableFuture<CallRecord> call, HeardTurn.Ear ear, int number) {
        if (!call.isDone()) {
            return CallResult.failed("the call did not end");
        }
        CallRecord record;
        try {
            record = call.join();
        } catch (CompletionException e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            return CallResult.failed(String.valueOf(cause.getMessage()));
        }
        write(record, number);
        return CallResult.of(record, ear);
    }

    private void write(CallRecord record, int number) {
        numbered(options.out, number).ifPresent(file -> Recording.writeReceived(record, file));
        numbered(options.stereo, number).ifPresent(file -> Recording.writeStereo(record, file));
    }

    private Optional<Path> numbered(@Nullable Path file, int number) {
        return Optional.ofNullable(file).map(path -> Recording.numbered(path, number, options.calls));
    }
}
