package io.patchcord.agent.contract;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.core.read.ListAppender;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.slf4j.LoggerFactory;

/** All that is logged through Logback while a test runs, also what is told at trace. */
public final class KeptLog implements AutoCloseable {

    private final ListAppender<ILoggingEvent> events = new ListAppender<>();
    private final Logger root = (Logger) LoggerFactory.getLogger(Logger.ROOT_LOGGER_NAME);
    private final Level before = root.getLevel();

    private KeptLog() {
        root.setLevel(Level.TRACE);
        events.start();
        root.addAppender(events);
    }

    /** Keeps what is logged from now on, on any thread. */
    public static KeptLog start() {
        return new KeptLog();
    }

    /** Each message, and after it those of the exceptions that came with it. */
    public List<String> lines() {
        return lines(event -> true);
    }

    /** The same of warnings and errors alone. */
    public List<String> warnings() {
        return lines(event -> event.getLevel().isGreaterOrEqual(Level.WARN));
    }

    private List<String> lines(Predicate<ILoggingEvent> which) {
        List<String> lines = new ArrayList<>();
        for (ILoggingEvent event : List.copyOf(events.list)) {
            if (which.test(event)) {
                lines.add(event.getFormattedMessage());
                for (IThrowableProxy error = event.getThrowableProxy(); error != null; error = error.getCause()) {
                    lines.add(String.valueOf(error.getMessage()));
                }
            }
        }
        return lines;
    }

    /** Fails if the secret stands in what was logged. */
    public void assertWithout(String secret) {
        assertThat(lines()).noneMatch(line -> line.contains(secret));
    }

    @Override
    public void close() {
        root.detachAppender(events);
        root.setLevel(before);
    }
}
