package io.patchcord.ari;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.patchcord.ari.testing.FakeAri;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** The password is in the Authorization header, and nowhere that a person or a file can see it. */
class SecretsTest {

    private static final String PASSWORD = "s3cr3t-p4ss";
    private static final String ENCODED =
            Base64.getEncoder().encodeToString(("agent:" + PASSWORD).getBytes(StandardCharsets.UTF_8));

    private final Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    private final Level level = root.getLevel();
    private final ListAppender<ILoggingEvent> logged = new ListAppender<>();
    private final List<String> loggedByOkHttp = new ArrayList<>();
    private final java.util.logging.Logger okHttp = java.util.logging.Logger.getLogger("okhttp3");
    private final Handler handler = new Handler() {
        @Override
        public synchronized void publish(LogRecord entry) {
            loggedByOkHttp.add(String.valueOf(entry.getMessage()));
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    };
    private final FakeAri fake = FakeAri.start();

    @BeforeEach
    void listen() {
        logged.start();
        root.addAppender(logged);
        root.setLevel(Level.TRACE);
        okHttp.setLevel(java.util.logging.Level.ALL);
        okHttp.addHandler(handler);
    }

    @AfterEach
    void stopListening() {
        root.detachAppender(logged);
        root.setLevel(level);
        okHttp.removeHandler(handler);
        okHttp.setLevel(null);
        fake.close();
    }

    @Test
    void password_isInNoLogNoTextAndNoException() {
        List<String> seen = new ArrayList<>();
        Recorder recorder = new Recorder();
        try (AriClient ari = fake.clientBuilder()
                .credentials("agent", PASSWORD)
                .applications("agent")
                .listener(recorder)
                .build()) {
            seen.add(ari.toString());
            seen.add(stackTraceOf(ari.channels().list()));
            fake.breakNext("GET", "/bridges");
            seen.add(stackTraceOf(ari.bridges().list()));
            ari.connect();
            seen.add(recorder.next(Recorder.Disconnected.class).toString());
            fake.close();
            seen.add(stackTraceOf(ari.channels().list()));
            seen.add(recorder.next(Recorder.Disconnected.class).toString());
        }

        logged.list.forEach(entry -> seen.add(entry.getFormattedMessage()));
        seen.addAll(loggedByOkHttp);
        assertThat(logged.list).isNotEmpty();
        assertThat(fake.requests().get(0).target()).doesNotContain("api_key");
        assertThat(seen).noneMatch(text -> text.contains(PASSWORD) || text.contains(ENCODED));
    }

    private static String stackTraceOf(CompletableFuture<?> failing) {
        Throwable error = failing.handle((value, failure) -> failure).join();
        assertThat(error).isNotNull();
        StringWriter text = new StringWriter();
        error.printStackTrace(new PrintWriter(text, true));
        return text.toString();
    }
}
