package io.patchcord.app;

import io.patchcord.agent.AgentProfile;
import io.patchcord.agent.asterisk.AgentStatus;
import io.patchcord.agent.asterisk.AgentStatus.AriState;
import io.patchcord.agent.asterisk.AsteriskAgent;
import io.patchcord.agent.turn.BargeInPolicy;
import io.patchcord.app.HealthStatus.State;
import io.patchcord.app.config.AppSettings;
import io.patchcord.app.config.ConfigException;
import io.patchcord.app.config.Configuration;
import io.patchcord.app.config.ProviderSettings;
import io.patchcord.audiosocket.AudioSocketException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The agent with its engines and its health address, from a configuration.
 *
 * <p>Life cycle: made, {@link #start started} once, {@link #close closed}. Thread-safe.
 */
final class AgentService implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(AgentService.class);

    private final Configuration configuration;
    private final ProviderSettings providers;
    private final long created = System.nanoTime();
    private volatile State state = State.STARTING;
    private volatile @Nullable HealthServer health;
    private volatile @Nullable LoadedProvider provider;
    private volatile @Nullable AsteriskAgent agent;

    AgentService(Configuration configuration, ProviderSettings providers) {
        this.configuration = configuration;
        this.providers = providers;
    }

    /**
     * Loads, listens, connects. What was begun before it fails is freed by {@link #close}.
     *
     * @throws ConfigException if a setting cannot work, a port that is taken included
     */
    void start() {
        log.info("Patchcord {} on Java {}", Version.ofProgram(), Runtime.version());
        // First of all, so that a port that is taken is told before models are loaded, and a slow start can be watched.
        HealthServer healthServer = listenForHealth();
        health = healthServer;
        LoadedProvider loaded = LoadedProvider.load(configuration, providers);
        provider = loaded;
        loaded.checkKeys(configuration)
                .ifPresent(reason -> log.warn("it is not known whether the keys are taken: {}", reason));
        AgentProfile profile = profile();
        loaded.prepare(profile);
        AsteriskAgent started = build(loaded, profile);
        agent = started;
        startAgent(started);
        state = State.UP;
        tellWhereToCall(started);
    }

    /** How it is now. */
    HealthStatus status() {
        Map<String, Object> details = new LinkedHashMap<>();
        details.put("version", Version.ofProgram());
        details.put("uptimeSeconds", (System.nanoTime() - created) / 1_000_000_000L);
        LoadedProvider loaded = provider;
        if (loaded != null) {
            details.put("provider", loaded.name());
            details.put("parts", loaded.engine().description());
        }
        AsteriskAgent running = agent;
        State now = state;
        if (running != null) {
            AgentStatus status = running.status();
            details.put("audioSocket", status.audioSocketAddress());
            details.put("ari", ariDetails(status));
            details.put("calls", Map.of("active", status.activeCalls(), "total", status.totalCalls()));
            if (now == State.UP
                    && (status.ari() == AriState.DISCONNECTED
                            || !status.problem().isEmpty())) {
                now = State.DEGRADED;
            }
        }
        return new HealthStatus(now, details);
    }

    /** The address of the health page; only after a start. */
    InetSocketAddress healthAddress() {
        HealthServer running = health;
        if (running == null) {
            throw new IllegalStateException("not started");
        }
        return running.address();
    }

    /** The AudioSocket port; 0 before the start. */
    int audioSocketPort() {
        AsteriskAgent running = agent;
        return running == null ? 0 : running.port();
    }

    /** Takes no more calls, waits for those there are as long as the grace period lasts, ends the rest, frees everything. */
    @Override
    public void close() {
        State before = state;
        state = State.STOPPING;
        AsteriskAgent running = agent;
        if (running != null) {
            if (before == State.UP) {
                log.info("stopping: no new calls; {} going on", running.status().activeCalls());
            }
            running.close();
        }
        LoadedProvider loaded = provider;
        if (loaded != null) {
            loaded.close();
        }
        HealthServer healthServer = health;
        if (healthServer != null) {
            healthServer.close();
        }
        if (before == State.UP) {
            log.info("stopped");
        }
    }

    private HealthServer listenForHealth() {
        InetSocketAddress address = new InetSocketAddress(
                configuration.get(AppSettings.HEALTH_HOST), configuration.get(AppSettings.HEALTH_PORT));
        try {
            HealthServer server = new HealthServer(address, this::status);
            log.info(
                    "health: http://{}:{}/health",
                    address.getHostString(),
                    server.address().getPort());
            return server;
        } catch (IOException e) {
            throw configuration.unusable(
                    address.isUnresolved() ? AppSettings.HEALTH_HOST : AppSettings.HEALTH_PORT,
                    cannotListen(address, e));
        }
    }

    private void startAgent(AsteriskAgent built) {
        InetSocketAddress address = new InetSocketAddress(
                configuration.get(AppSettings.AUDIOSOCKET_HOST), configuration.get(AppSettings.AUDIOSOCKET_PORT));
        if (address.isUnresolved()) {
            throw configuration.unusable(AppSettings.AUDIOSOCKET_HOST, "there is no address for this name");
        }
        try {
            built.start();
        } catch (AudioSocketException e) {
            throw configuration.unusable(AppSettings.AUDIOSOCKET_PORT, cannotListen(address, e));
        }
    }

    private static String cannotListen(InetSocketAddress address, Exception e) {
        if (address.isUnresolved()) {
            return "there is no address for this name";
        }
        Throwable cause = e.getCause() == null ? e : e.getCause();
        return "cannot listen on " + address.getHostString() + ":" + address.getPort() + " (" + cause.getMessage()
                + "); end the program that has this port, or choose another one";
    }

    private AsteriskAgent build(LoadedProvider loaded, AgentProfile profile) {
        AsteriskAgent.Builder builder = AsteriskAgent.builder()
                .audioSocket(
                        configuration.get(AppSettings.AUDIOSOCKET_HOST),
                        configuration.get(AppSettings.AUDIOSOCKET_PORT))
                .profile(profile)
                .listener(new CallLog())
                .transferContext(configuration.get(AppSettings.TRANSFER_CONTEXT))
                .maxCalls(configuration.get(AppSettings.MAX_CALLS))
                .shutdownGrace(configuration.get(AppSettings.SHUTDOWN_GRACE));
        loaded.byName().forEach(builder::engine);
        configuration.find(AppSettings.AUDIOSOCKET_ADVERTISE).ifPresent(builder::advertise);
        configuration.find(AppSettings.AUDIOSOCKET_ALLOW).ifPresent(blocks -> blocks.forEach(builder::allow));
        AriConfig.of(configuration).ifPresent(builder::ari);
        return builder.build();
    }

    private AgentProfile profile() {
        return AgentProfile.builder("default")
                .greeting(configuration.find(AppSettings.GREETING).orElse(null))
                .instructions(configuration.find(AppSettings.INSTRUCTIONS).orElse(""))
                .language(configuration.get(AppSettings.LANGUAGE))
                .voice(configuration.find(AppSettings.VOICE).orElse(null))
                .bargeIn(configuration.get(AppSettings.BARGE_IN) ? BargeInPolicy.DEFAULT : BargeInPolicy.NEVER)
                .maxDuration(configuration.get(AppSettings.MAX_CALL_DURATION))
                .build();
    }

    private void tellWhereToCall(AsteriskAgent started) {
        AgentStatus status = started.status();
        String socket = configuration.find(AppSettings.AUDIOSOCKET_ADVERTISE).orElse(status.audioSocketAddress());
        if (status.ari() == AriState.NOT_CONFIGURED) {
            log.info(
                    "waiting for calls by AudioSocket(${UUID()},{}) in the dialplan, and for no others:"
                            + " ASTERISK_ARI_USERNAME is not set",
                    socket);
        } else {
            log.info(
                    "waiting for calls by Stasis({}) or AudioSocket(${UUID()},{}) in the dialplan",
                    configuration.get(AppSettings.ASTERISK_APP_NAME).get(0),
                    socket);
        }
    }

    private static Map<String, Object> ariDetails(AgentStatus status) {
        Map<String, Object> details = new LinkedHashMap<>();
        details.put("state", status.ari().name().toLowerCase(Locale.ROOT));
        if (!status.asteriskVersion().isEmpty()) {
            details.put("asterisk", status.asteriskVersion());
        }
        if (!status.problem().isEmpty()) {
            details.put("problem", status.problem());
        }
        return details;
    }
}
