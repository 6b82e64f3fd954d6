package io.patchcord.agent.spi;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class RehearsalTest {

    @Test
    void isHeldOnALoopOfItsOwn_whichEndsWithIt() throws Exception {
        CompletableFuture<S2sRequest> held = new CompletableFuture<>();
        CompletableFuture<Thread> thread = new CompletableFuture<>();
        Rehearsal.of("a-rehearsal", request -> {
                    held.complete(request);
                    thread.complete(Thread.currentThread());
                    assertThat(request.loop().inLoop()).isTrue();
                })
                .get(10, TimeUnit.SECONDS);

        assertThat(held.join().greeting()).contains(Rehearsal.GREETING);
        assertThat(held.join().tools()).extracting(ToolSpec::name).containsExactly(Rehearsal.TOOL);
        assertThat(thread.join().getName()).isEqualTo("a-rehearsal");
        thread.join().join(10_000);
        assertThat(thread.join().isAlive()).isFalse();
    }

    @Test
    void thatBreaksOff_isOverAllTheSame() {
        CompletableFuture<Void> over = Rehearsal.of("a-rehearsal", request -> {
            throw new IllegalStateException("as the test wants it");
        });

        assertThat(over).succeedsWithin(10, TimeUnit.SECONDS);
    }
}
