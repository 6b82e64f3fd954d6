package io.patchcord.agent.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchcord.agent.spi.Engine;
import io.patchcord.agent.testing.ThreadCallLoop;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/**
 * What holds for every engine. The engine is made once for all tests of the class, as models take long to load, and closed
 * twice at the end; each test has a call loop of its own, in real time.
 *
 * <p>Events are awaited, never slept for. That nothing comes any more is shown by letting another session of the same
 * engine do its work meanwhile.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
public abstract class EngineContract<E extends Engine> {

    private final List<EventLog<?>> logs = new ArrayList<>();
    private E engine;
    private ThreadCallLoop loop;

    /** Makes the engine to test. */
    protected abstract E create();

    /** The engine under test, made once; not to be closed by a test. */
    protected final E engine() {
        return engine;
    }

    /** The loop of the test's call. */
    protected final ThreadCallLoop loop() {
        return loop;
    }

    /** A log that is checked for violations at the end of the test. */
    protected final <T> EventLog<T> newLog() {
        EventLog<T> log = new EventLog<>(loop);
        logs.add(log);
        return log;
    }

    @BeforeAll
    final void createEngine() {
        engine = create();
    }

    @AfterAll
    final void closeEngineTwice() {
        engine.close();
        engine.close();
    }

    @BeforeEach
    final void startLoop() {
        logs.clear();
        loop = new ThreadCallLoop();
    }

    @AfterEach
    final void nothingWentWrongOnTheLoop() {
        loop.close();
        assertThat(loop.failures()).as("exceptions thrown on the call loop").isEmpty();
        for (EventLog<?> log : logs) {
            assertThat(log.violations()).isEmpty();
        }
    }

    @Test
    void describesItselfInOneLine() {
        assertThat(engine().description()).isNotBlank().doesNotContain("\n");
    }
}
