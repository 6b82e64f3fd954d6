package io.patchcord.agent.pipeline;

import io.patchcord.agent.pipeline.standby.Breaker;
import io.patchcord.agent.pipeline.standby.Checks;
import io.patchcord.agent.pipeline.voice.CachingTtsEngine;
import io.patchcord.agent.pipeline.voice.PreparedVoice;
import io.patchcord.agent.pipeline.voice.PromptSettings;
import io.patchcord.agent.spi.Engine;
import io.patchcord.agent.spi.S2sCapabilities;
import io.patchcord.agent.spi.S2sEngine;
import io.patchcord.agent.spi.S2sListener;
import io.patchcord.agent.spi.S2sRequest;
import io.patchcord.agent.spi.S2sSession;
import io.patchcord.agent.spi.TtsEngine;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Speech-to-speech engines that stand in for each other, in an order: when the session of one is refused, is not ready in
 * time, breaks, fails, or says nothing when it should, the next one is opened with the conversation as it was heard, and
 * goes on; after the last, the first. Meanwhile the caller is asked to wait, and what he says is kept. A single engine
 * stands in for itself. Those that fail are left alone for a while by all calls. Owns the engines and the spare voice. Thread-safe.
 */
public final class FailoverEngine implements S2sEngine {

    private final List<FailoverMember> members;
    private final Optional<TtsEngine> spareVoice;
    private final FailoverSettings settings;
    private final boolean owner;

    /**
     * @param engines by their names, in the order of the map the preferred one first; at least one
     * @param spareVoice says a sentence when no engine can, at best a {@link CachingTtsEngine}; may be part of one of the
     *     engines
     */
    public FailoverEngine(Map<String, S2sEngine> engines, Optional<TtsEngine> spareVoice, FailoverSettings settings) {
        this(engines, spareVoice, settings, System::nanoTime);
    }

    FailoverEngine(
            Map<String, S2sEngine> engines,
            Optional<TtsEngine> spareVoice,
            FailoverSettings settings,
            LongSupplier clock) {
        this(members(engines, settings, clock), spareVoice, settings, true);
    }

    private FailoverEngine(
            List<FailoverMember> members, Optional<TtsEngine> spareVoice, FailoverSettings settings, boolean owner) {
        this.members = members;
        this.spareVoice = spareVoice;
        this.settings = settings;
        this.owner = owner;
    }

    private static List<FailoverMember> members(
            Map<String, S2sEngine> engines, FailoverSettings settings, LongSupplier clock) {
        if (engines.isEmpty()) {
            throw new IllegalArgumentException("no engine: give at least one");
        }
        List<FailoverMember> members = new ArrayList<>();
        engines.forEach((name, engine) ->
                members.add(new FailoverMember(name, engine, members.isEmpty(), new Breaker(settings.rests(), clock))));
        return List.copyOf(members);
    }

    /** The names, in their order. */
    public List<String> names() {
        return members.stream().map(FailoverMember::name).toList();
    }

    /** The same engines, with another one in the first place: for a call that asks for it. Owns nothing. */
    public S2sEngine preferring(String name) {
        List<FailoverMember> reordered = Stream.concat(
                        members.stream().filter(member -> member.name().equals(name)),
                        members.stream().filter(member -> !member.name().equals(name)))
                .toList();
        return new FailoverEngine(reordered, spareVoice, settings, false);
    }

    @Override
    public String description() {
        return members.stream().map(member -> member.engine().description()).collect(Collectors.joining(", or else "));
    }

    /** What can be relied on whoever leads the conversation, but for what only the first one has. */
    @Override
    public S2sCapabilities capabilities() {
        S2sCapabilities first = members.get(0).engine().capabilities();
        return new S2sCapabilities(
                spareVoice.isPresent()
                        || members.stream()
                                .allMatch(
                                        member -> member.engine().capabilities().say()),
                first.tools(),
                first.truncation(),
                first.goesOn(),
                first.greets());
    }

    /** Fails only if none can serve; what is wrong with the others is logged. */
    @Override
    public CompletableFuture<Void> check() {
        List<? extends Engine> engines =
                members.stream().map(FailoverMember::engine).toList();
        return Checks.anyOf(engines);
    }

    /** Trouble is told as an event, also when all refuse at once. */
    @Override
    public S2sSession open(S2sRequest request, S2sListener listener) {
        return new FailoverSession(this, request, listener);
    }

    /** Has all of them prepare, and the spare voice in the background. */
    @Override
    public CompletableFuture<Void> prepare(List<String> sentences, Optional<String> voice, String language) {
        List<CompletableFuture<?>> all = new ArrayList<>();
        for (FailoverMember member : members) {
            Optional<String> itsVoice = voice.filter(name -> member.ownVoice());
            all.add(member.engine().prepare(sentences, itsVoice, language));
        }
        if (spareVoice.isPresent() && spareVoice.get() instanceof PreparedVoice cache) {
            FailoverSettings.Phrases phrases = settings.phrases();
            // Nobody has to wait for that: calls can be taken without it.
            CompletableFuture<Integer> unused = cache.prepare(
                    List.of(phrases.moment(), phrases.cutOff(), phrases.farewell()),
                    PromptSettings.of(Optional.empty(), language));
        }
        return CompletableFuture.allOf(all.toArray(CompletableFuture[]::new));
    }

    @Override
    public void close() {
        if (owner) {
            members.forEach(member -> member.engine().close());
            spareVoice.ifPresent(TtsEngine::close);
        }
    }

    List<FailoverMember> members() {
        return members;
    }

    Optional<TtsEngine> spareVoice() {
        return spareVoice;
    }

    FailoverSettings settings() {
        return settings;
    }
}
