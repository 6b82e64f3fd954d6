package io.patchcord.app;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.JsonEncoder;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.Configurator;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.encoder.Encoder;
import ch.qos.logback.core.spi.ContextAwareBase;
import java.util.Locale;
import org.slf4j.LoggerFactory;

/**
 * Sets up logback in code, so that two settings are all there is to it. Found by logback as its {@link Configurator}: until
 * the configuration is read, warnings go to the error output and nothing else does.
 */
public final class AppLogging extends ContextAwareBase implements Configurator {

    private static final String TOLD_BY_THE_AGENT = "io.patchcord.ari.EventsSocket";
    private static final String PATTERN =
            "%d{yyyy-MM-dd'T'HH:mm:ss.SSSXXX} %-5level %replace([%X{call_id}] ){'^\\[\\] $',''}%logger{0}: %msg%n";

    /** Where log lines go. */
    enum Target {
        OUT("System.out"),
        /** For commands whose result goes to the standard output. */
        ERR("System.err");

        private final String logbackName;

        Target(String logbackName) {
            this.logbackName = logbackName;
        }
    }

    @Override
    public ExecutionStatus configure(LoggerContext context) {
        configure(context, "warn", "text", Target.ERR);
        return ExecutionStatus.DO_NOT_INVOKE_NEXT_IF_ANY;
    }

    /**
     * Logs from now on as the settings say.
     *
     * @param level of our own loggers; libraries are heard from info upwards at most
     * @param format {@code text} or {@code json}
     */
    static void configure(String level, String format, Target target) {
        configure((LoggerContext) LoggerFactory.getILoggerFactory(), level, format, target);
    }

    private static void configure(LoggerContext context, String level, String format, Target target) {
        context.reset();
        ConsoleAppender<ILoggingEvent> appender = new ConsoleAppender<>();
        appender.setContext(context);
        appender.setTarget(target.logbackName);
        appender.setEncoder(encoder(context, format));
        appender.start();

        Level ours = Level.toLevel(level.toUpperCase(Locale.ROOT));
        Level libraries = ours.isGreaterOrEqual(Level.WARN) ? ours : Level.INFO;
        Logger root = context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
        root.setLevel(libraries);
        root.addAppender(appender);
        context.getLogger("io.patchcord").setLevel(ours);
        if (ours.isGreaterOrEqual(Level.INFO)) {
            // The agent says all that this logger says, in its own words: once is enough.
            context.getLogger(TOLD_BY_THE_AGENT).setLevel(Level.OFF);
        }
    }

    private static Encoder<ILoggingEvent> encoder(LoggerContext context, String format) {
        if (format.equals("json")) {
            JsonEncoder json = new JsonEncoder();
            json.setContext(context);
            json.setWithFormattedMessage(true);
            json.setWithArguments(false);
            json.setWithMessage(false);
            json.setWithContext(false);
            json.setWithSequenceNumber(false);
            json.setWithNanoseconds(false);
            json.start();
            return json;
        }
        PatternLayoutEncoder text = new PatternLayoutEncoder();
        text.setContext(context);
        text.setPattern(PATTERN);
        text.start();
        return text;
    }
}
