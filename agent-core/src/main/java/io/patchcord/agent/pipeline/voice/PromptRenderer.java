package io.patchcord.agent.pipeline.voice;

import io.patchcord.agent.loop.CallLoop;
import io.patchcord.agent.loop.ThreadLoop;
import io.patchcord.agent.media.AudioFrame;
import io.patchcord.agent.pipeline.text.ClauseChunker;
import io.patchcord.agent.pipeline.text.TextForSpeech;
import io.patchcord.agent.spi.ProviderException;
import io.patchcord.agent.spi.TtsEngine;
import io.patchcord.agent.spi.TtsListener;
import io.patchcord.agent.spi.TtsSession;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Renders fixed sentences into a cache, a few at a time, on a loop of its own. Used once. Thread-safe. */
final class PromptRenderer {

    private static final Logger log = LoggerFactory.getLogger(PromptRenderer.class);

    private static final Duration BUSY_PAUSE = Duration.ofMillis(500);
    private static final int MOST_TRIES = 20;
    private static final int PROGRESS_EVERY = 25;

    private final TtsEngine engine;
    private final PromptCache cache;
    private final PromptSettings settings;
    private final CallLoop loop;
    private final Runnable stopLoop;
    private final Queue<String> waiting = new ArrayDeque<>();
    private final List<Worker> workers = new ArrayList<>();
    private final CompletableFuture<Integer> result = new CompletableFuture<>();
    private int total;
    private int ready;
    private String trouble = "";
    private boolean closed;

    PromptRenderer(TtsEngine engine, PromptCache cache, PromptSettings settings) {
        this(engine, cache, settings, new ThreadLoop("prompts", e -> log.warn("rendering sentences: {}", e, e)));
    }

    private PromptRenderer(TtsEngine engine, PromptCache cache, PromptSettings settings, ThreadLoop loop) {
        this(engine, cache, settings, loop, loop::close);
    }

    PromptRenderer(TtsEngine engine, PromptCache cache, PromptSettings settings, CallLoop loop, Runnable stopLoop) {
        this.engine = engine;
        this.cache = cache;
        this.settings = settings;
        this.loop = loop;
        this.stopLoop = stopLoop;
    }

    /** Begins, and completes with the number of clauses that are ready in the end. */
    CompletableFuture<Integer> render(List<String> sentences) {
        Set<String> clauses = new LinkedHashSet<>();
        for (String sentence : sentences) {
            clauses.addAll(clausesOf(sentence));
        }
        loop.execute(() -> begin(clauses));
        return result;
    }

    void close() {
        loop.execute(this::end);
    }

    /** What a cascade would hand to the voice for this sentence. */
    private List<String> clausesOf(String sentence) {
        ClauseChunker chunker = new ClauseChunker(ClauseChunker.Settings.DEFAULT);
        List<String> clauses = new ArrayList<>(chunker.add(sentence));
        clauses.addAll(chunker.finish());
        return clauses.stream()
                .map(clause -> TextForSpeech.spoken(clause, settings.language()))
                .toList();
    }

    private void begin(Set<String> clauses) {
        waiting.addAll(clauses);
        total = clauses.size();
        for (int i = 0; i < Math.min(settings.parallel(), total); i++) {
            workers.add(new Worker());
        }
        List.copyOf(workers).forEach(Worker::next);
        endIfDone();
    }

    private void endIfDone() {
        if (!closed && waiting.isEmpty() && workers.stream().allMatch(Worker::isIdle)) {
            log.info("{} of {} fixed clauses are ready, {} kB", ready, total, cache.bytes() / 1024);
            if (!trouble.isEmpty()) {
                log.warn(
                        "{} of {} fixed clauses cannot be rendered now, and are when they are needed: {}",
                        total - ready,
                        total,
                        trouble);
            }
            end();
        }
    }

    private void end() {
        if (!closed) {
            closed = true;
            workers.forEach(Worker::close);
            result.complete(ready);
            stopLoop.run();
        }
    }

    private void rendered(String clause, List<AudioFrame> audio) {
        boolean kept =
                !audio.isEmpty() && cache.putFixed(new PromptCache.Key(settings.voice(), clause), Frames.join(audio));
        if (kept) {
            ready++;
        } else {
            log.warn("no room for, or nothing in the fixed clause \"{}\"", clause);
        }
        if (ready % PROGRESS_EVERY == 0) {
            log.info("{} of {} fixed clauses are ready", ready, total);
        }
    }

    /** Renders one clause after the other. */
    private final class Worker implements TtsListener {

        private final List<AudioFrame> audio = new ArrayList<>();
        private @Nullable TtsSession session;
        private @Nullable String clause;
        private CallLoop.@Nullable Timer deadline;
        private int tries;
        private int lastId;

        boolean isIdle() {
            return clause == null;
        }

        void next() {
            clause = waiting.poll();
            tries = 0;
            if (clause == null) {
                close();
                endIfDone();
            } else {
                speak(clause);
            }
        }

        void close() {
            stopDeadline();
            if (session != null) {
                session.close();
            }
            session = null;
        }

        private void speak(String text) {
            tries++;
            audio.clear();
            stopDeadline();
            deadline = loop.schedule(settings.perClause(), () -> tooLate(text));
            try {
                TtsSession open = session != null ? session : engine.open(loop, settings.voice(), this);
                session = open;
                open.speak("p" + ++lastId, text);
            } catch (ProviderException e) {
                failed(text, e);
            }
        }

        @Override
        public void onAudio(String clauseId, AudioFrame frame) {
            if (isCurrent(clauseId)) {
                audio.add(frame);
            }
        }

        @Override
        public void onDone(String clauseId) {
            String done = clause;
            if (isCurrent(clauseId) && done != null) {
                stopDeadline();
                rendered(done, audio);
                next();
            }
        }

        @Override
        public void onFailed(String clauseId, ProviderException error) {
            String failed = clause;
            if (isCurrent(clauseId) && failed != null) {
                failed(failed, error);
            }
        }

        private void failed(String text, ProviderException error) {
            stopDeadline();
            if (error.kind() == ProviderException.Kind.BUSY && tries < MOST_TRIES) {
                loop.schedule(BUSY_PAUSE, () -> speakAgain(text));
                return;
            }
            log.debug("the fixed clause \"{}\" cannot be rendered now: {}", text, error.getMessage());
            trouble = String.valueOf(error.getMessage());
            if (wouldFailAgain(error)) {
                waiting.clear();
            }
            close();
            next();
        }

        /** A refusal concerns all of them, as does a service that cannot be reached, unless it has spoken before. */
        private boolean wouldFailAgain(ProviderException error) {
            return switch (error.kind()) {
                case UNAUTHORIZED, CONFIGURATION, RATE_LIMITED -> true;
                case UNAVAILABLE, TIMEOUT -> ready == 0;
                default -> false;
            };
        }

        private void speakAgain(String text) {
            if (!closed) {
                speak(text);
            }
        }

        private void tooLate(String text) {
            trouble = "\"" + text + "\" was not spoken within "
                    + settings.perClause().toSeconds() + " s";
            close();
            next();
        }

        private boolean isCurrent(String clauseId) {
            return !closed && clauseId.equals("p" + lastId);
        }

        private void stopDeadline() {
            if (deadline != null) {
                deadline.cancel();
            }
            deadline = null;
        }
    }
}
