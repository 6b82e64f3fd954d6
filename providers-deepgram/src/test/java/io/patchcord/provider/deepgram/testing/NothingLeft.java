package io.patchcord.provider.deepgram.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.AppenderBase;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.slf4j.LoggerFactory;

/**
 * After each test no thread of an engine's is left; and no key is in the log, with every logger at its most talkative.
 */
public final class NothingLeft implements BeforeEachCallback, AfterEachCallback {

    private static final List<String> THREADS = List.of(
            "deepgram-listen",
            "deepgram-speak",
            "deepgram-rehearsal",
            "patchcord-deepgram-agent",
            "OkHttp Dispatcher",
            "OkHttp http");

    private final Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    private final Level level = root.getLevel();
    private final List<String> lines = new CopyOnWriteArrayList<>();
    private final List<String> keys;
    private final AppenderBase<ILoggingEvent> appender = new AppenderBase<>() {
        @Override
        protected void append(ILoggingEvent event) {
            lines.add(event.getLevel() + " " + event.getFormattedMessage()
                    + (event.getThrowableProxy() == null
                            ? ""
                            : ThrowableProxyUtil.asString(event.getThrowableProxy())));
        }
    };

    /**
     * @param keys that are used in the tests
     */
    public NothingLeft(String... keys) {
        this.keys = List.of(keys);
    }

    /** What has been logged, each line behind its level. */
    public List<String> logged() {
        return List.copyOf(lines);
    }

    @Override
    public void beforeEach(ExtensionContext context) {
        appender.setContext(root.getLoggerContext());
        appender.start();
        root.setLevel(Level.TRACE);
        root.addAppender(appender);
    }

    @Override
    public void afterEach(ExtensionContext context) {
        root.detachAppender(appender);
        root.setLevel(level);
        for (String key : keys) {
            assertThat(lines).as("what was logged").noneMatch(line -> line.contains(key));
        }
        await("the engine's threads end")
                .until(() -> Thread.getAllStackTraces().keySet().stream()
                        .noneMatch(thread -> THREADS.stream().anyMatch(thread.getName()::startsWith)));
    }
}
