package io.patchcord.agent.spi;

import io.patchcord.agent.loop.ThreadLoop;
import io.patchcord.agent.media.AudioFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One short conversation with nobody, held before the first call, so that the first caller need not wait until Java has
 * loaded all that a conversation takes; that costs a second on a small machine, and stops the audio of whoever shares the
 * loop. For {@link S2sEngine#prepare}.
 */
public final class Rehearsal {

    /** What the agent says first. */
    public static final String GREETING = "Hi";

    /** The name of the one tool that there is; it takes no arguments. */
    public static final String TOOL = "t";

    private static final Logger log = LoggerFactory.getLogger(Rehearsal.class);

    private Rehearsal() {}

    /**
     * Returns at once; completes when it is over, and never with a failure.
     *
     * @param name of the thread that it is held on
     * @param play opens a session with this request, tells it what a service would, and closes it; runs on the request's
     *     loop, which ends with it, so that nothing that it leaves for later is done
     */
    public static CompletableFuture<Void> of(String name, Consumer<S2sRequest> play) {
        CompletableFuture<Void> over = new CompletableFuture<>();
        ThreadLoop loop = new ThreadLoop(name, e -> log.debug("{} broke off", name, e));
        loop.execute(() -> {
            try {
                play.accept(request(loop));
            } finally {
                loop.close();
                over.complete(null);
            }
        });
        return over;
    }

    private static S2sRequest request(ThreadLoop loop) {
        return new S2sRequest(
                "rehearsal",
                loop,
                AudioFormat.SLIN_8K,
                AudioFormat.SLIN_8K,
                "",
                Optional.of(GREETING),
                "en",
                Optional.empty(),
                List.of(new ToolSpec(TOOL, "", "{\"type\":\"object\"}")),
                List.of());
    }
}
