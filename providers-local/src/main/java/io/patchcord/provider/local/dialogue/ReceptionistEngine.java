package io.patchcord.provider.local.dialogue;

import io.patchcord.agent.spi.LlmEngine;
import io.patchcord.agent.spi.LlmRequest;
import io.patchcord.agent.spi.LlmSession;
import io.patchcord.provider.local.embedding.SentenceEmbedder;
import io.patchcord.provider.local.pool.JobPool;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * A scripted receptionist, no language model: finds by sentence embeddings what the caller wants, fills slots by rules, and
 * answers with what its file says. One model for all calls, on a bounded pool. Thread-safe.
 */
final class ReceptionistEngine implements LlmEngine {

    private final House house;
    private final JobPool pool;
    private final SentenceEmbedder embedder;
    private final IntentFinder finder;
    private final Receptionist receptionist;
    private final AtomicBoolean freed = new AtomicBoolean();

    /** Loads the model, and takes over the pool. */
    ReceptionistEngine(House house, JobPool pool, Clock clock) {
        this.house = house;
        this.pool = pool;
        this.embedder = new SentenceEmbedder();
        this.finder = new IntentFinder(embedder, house);
        this.receptionist = new Receptionist(house, clock);
    }

    @Override
    public String description() {
        return "receptionist of " + house.name() + " (scripted)";
    }

    /** It would take the wish to go on for a question that it has no answer to. */
    @Override
    public boolean goesOn() {
        return false;
    }

    @Override
    public String greeting() {
        return house.greeting();
    }

    @Override
    public List<String> fixedSentences() {
        return receptionist.sentences();
    }

    @Override
    public LlmSession open(LlmRequest request) {
        State initial = State.initial(house.greeting());
        return new ReceptionistSession(
                request, receptionist, initial, text -> pool.submit(abandoned -> finder.find(text)));
    }

    @Override
    public void close() {
        pool.close();
        // Freeing a model that is at work would take the whole process down.
        if (pool.isTerminated() && freed.compareAndSet(false, true)) {
            embedder.close();
        }
    }
}
