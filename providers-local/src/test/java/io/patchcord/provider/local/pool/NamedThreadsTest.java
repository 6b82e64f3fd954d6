package io.patchcord.provider.local.pool;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

class NamedThreadsTest {

    /** proc(5): of the fields of stat after the name in parentheses, which is the second one. */
    private static final int NICE = 19 - 3;

    @Test
    @EnabledOnOs(OS.LINUX)
    void backgroundThread_givesWayToOthersOfTheProcess() {
        int here = niceness();

        assertThat(nicenessIn(NamedThreads.of("audio"))).isEqualTo(here);
        assertThat(nicenessIn(NamedThreads.background("work"))).isGreaterThan(here);
        assertThat(niceness()).isEqualTo(here);
    }

    @Test
    void threads_areDaemonsWithANumber() {
        ThreadFactory factory = NamedThreads.background("work");

        assertThat(factory.newThread(() -> {}).getName()).isEqualTo("work-1");
        assertThat(factory.newThread(() -> {})).satisfies(second -> {
            assertThat(second.getName()).isEqualTo("work-2");
            assertThat(second.isDaemon()).isTrue();
        });
    }

    private static int nicenessIn(ThreadFactory factory) {
        CompletableFuture<Integer> seen = new CompletableFuture<>();
        factory.newThread(() -> seen.completeAsync(NamedThreadsTest::niceness, Runnable::run))
                .start();
        return seen.join();
    }

    private static int niceness() {
        try {
            String stat = Files.readString(Path.of("/proc/thread-self/stat"));
            return Integer.parseInt(stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1)[NICE]);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
