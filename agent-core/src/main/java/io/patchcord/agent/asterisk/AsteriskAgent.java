package io.patchcord.agent.asterisk;

import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.patchcord.agent.AgentProfile;
import io.patchcord.agent.CallListener;
import io.patchcord.agent.spi.S2sEngine;
import io.patchcord.agent.tool.Tools;
import io.patchcord.ari.AriClient;
import io.patchcord.audiosocket.AudioSocketAcceptor;
import io.patchcord.audiosocket.AudioSocketConnection;
import io.patchcord.audiosocket.AudioSocketListener;
import io.patchcord.audiosocket.AudioSocketServer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The voice agent at an Asterisk: what an embedder starts. It listens for AudioSocket, connects to ARI, and holds a
 * conversation with every caller who comes by {@code Stasis()} or by {@code AudioSocket()} in the dialplan.
 *
 * <p>Life cycle: {@link #builder}, {@link #start}, {@link #close}. Thread-safe. The engines belong to whoever made them
 * and are not closed with it.
 */
public final class AsteriskAgent implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(AsteriskAgent.class);
    private static final Duration TEARDOWN_LIMIT = Duration.ofSeconds(5);

    private final Builder settings;
    private final ActiveCalls calls;
    private final CallRouter router;
    private @Nullable EventLoopGroup mediaGroup;
    private @Nullable EventLoopGroup controlGroup;
    private @Nullable AudioSocketServer server;
    private @Nullable AriClient ari;
    private @Nullable AriLink link;
    private @Nullable StasisCalls stasis;
    private boolean closed;

    private AsteriskAgent(Builder settings) {
        this.settings = settings;
        this.calls = new ActiveCalls(settings.maxCalls);
        this.router = new CallRouter(
                settings.engines,
                settings.profiles,
                settings.tools,
                calls.tracker().and(settings.listener));
    }

    public static Builder builder() {
        return new Builder();
    }

    /**
     * Listens, and begins to connect to ARI; an ARI that is not there is retried for ever and does not keep the agent from
     * taking calls of the dialplan.
     *
     * @throws io.patchcord.audiosocket.AudioSocketException if the address cannot be bound
     */
    public synchronized void start() {
        if (server != null || closed) {
            throw new IllegalStateException("an agent is started once");
        }
        EventLoopGroup control = group("patchcord-control", 1);
        EventLoopGroup media = group("patchcord-media", settings.mediaThreads);
        controlGroup = control;
        mediaGroup = media;
        try {
            AriSettings ariSettings = settings.ari;
            if (ariSettings == null) {
                DialplanCalls dialplan = new DialplanCalls(router, calls, new ChannelDirectory(null));
                server = listen(media, connection -> accept(dialplan, connection));
            } else {
                startWithAri(ariSettings, new NettyCallLoop(control.next()), media);
            }
        } catch (RuntimeException e) {
            close();
            throw e;
        }
    }

    /** How it is at this moment. */
    public synchronized AgentStatus status() {
        AriLink.State state = link == null ? new AriLink.State(false, "", "") : link.state();
        AgentStatus.AriState ariState = link == null
                ? AgentStatus.AriState.NOT_CONFIGURED
                : state.connected() ? AgentStatus.AriState.CONNECTED : AgentStatus.AriState.DISCONNECTED;
        return new AgentStatus(
                settings.host + ":" + port(),
                ariState,
                state.version(),
                state.problem(),
                calls.active(),
                calls.total());
    }

    /** The AudioSocket port that is listened on, 0 before the start. */
    public synchronized int port() {
        return server == null ? 0 : server.port();
    }

    /** Takes no more calls, gives those there are the grace period to end, ends the rest, and frees everything. */
    @Override
    public void close() {
        StasisCalls stasisCalls;
        synchronized (this) {
            if (closed) {
                return;
            }
            closed = true;
            stasisCalls = stasis;
        }
        calls.refuseNew();
        try {
            if (!calls.awaitEnd(settings.shutdownGrace)) {
                log.info("ending {} calls that are still going on", calls.active());
                calls.shutDownAll();
                calls.awaitEnd(TEARDOWN_LIMIT);
            }
            if (stasisCalls != null) {
                stasisCalls.drain().get(TEARDOWN_LIMIT.toMillis(), TimeUnit.MILLISECONDS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException e) {
            log.warn("not everything in Asterisk could be taken down; the next start will do it", e);
        }
        free();
    }

    private synchronized void free() {
        if (ari != null) {
            ari.close();
        }
        if (server != null) {
            server.close();
        }
        for (EventLoopGroup group : Arrays.asList(mediaGroup, controlGroup)) {
            if (group != null) {
                group.shutdownGracefully(0, 2, TimeUnit.SECONDS).awaitUninterruptibly(3, TimeUnit.SECONDS);
            }
        }
    }

    private void startWithAri(AriSettings ariSettings, NettyCallLoop control, EventLoopGroup media) {
        AriLink ariLink = new AriLink(ariSettings, control);
        AriClient client = client(ariSettings, ariLink);
        ari = client;
        link = ariLink;
        OwnIds ids = new OwnIds(ariSettings.applications().get(0));
        DialplanCalls dialplan = new DialplanCalls(router, calls, new ChannelDirectory(client));
        // The port is known only when it is bound, and calls can come from then on.
        List<StasisCalls> started = new ArrayList<>(1);
        AudioSocketServer bound = listen(media, connection -> {
            if (!ids.isOwn(connection.id())) {
                return accept(dialplan, connection);
            }
            synchronized (started) {
                return started.isEmpty() ? Optional.empty() : started.get(0).accept(connection);
            }
        });
        server = bound;
        String address = settings.advertise != null ? settings.advertise : settings.host + ":" + bound.port();
        StasisCalls stasisCalls = new StasisCalls(
                client, control, ids, new StasisCalls.Settings(address, settings.transferContext), router, calls);
        synchronized (started) {
            started.add(stasisCalls);
        }
        stasis = stasisCalls;
        Reconciler reconciler = new Reconciler(client, control, ids, ariSettings.applications(), stasisCalls);
        ariLink.attach(client, stasisCalls, reconciler);
        client.connect();
        reconciler.every(settings.comparison);
    }

    private Optional<AudioSocketListener> accept(DialplanCalls dialplan, AudioSocketConnection connection) {
        Optional<String> callId = calls.enter(connection.id().toString());
        if (callId.isEmpty()) {
            log.warn("[{}] turned away: {}", connection.id(), calls.whyFull());
        }
        return callId.map(id -> dialplan.accept(connection, id));
    }

    private AudioSocketServer listen(EventLoopGroup group, AudioSocketAcceptor acceptor) {
        AudioSocketServer.Builder builder = AudioSocketServer.builder()
                .bind(settings.host, settings.port)
                .eventLoopGroup(group)
                // Some more than calls, so that one too many can be told so and not just cut off.
                .maxConnections(settings.maxCalls + 50);
        settings.allowed.forEach(builder::allow);
        return builder.startConnections(acceptor);
    }

    private static AriClient client(AriSettings settings, AriLink link) {
        var builder = AriClient.builder()
                .uri(settings.base())
                .credentials(settings.user(), settings.password())
                .applications(settings.applications().toArray(String[]::new))
                .listener(link);
        settings.certificateAuthority().ifPresent(builder::trustedCa);
        return builder.build();
    }

    private static EventLoopGroup group(String name, int threads) {
        return new MultiThreadIoEventLoopGroup(
                threads, new DefaultThreadFactory(name, true), NioIoHandler.newFactory());
    }

    /** At least an engine is needed; everything else has a default. Not thread-safe. */
    public static final class Builder {

        private final LinkedHashMap<String, S2sEngine> engines = new LinkedHashMap<>();
        private final LinkedHashMap<String, AgentProfile> profiles = new LinkedHashMap<>();
        private final List<String> allowed = new ArrayList<>();
        private String host = "127.0.0.1";
        private int port = 8090;
        private @Nullable String advertise;
        private @Nullable AriSettings ari;
        private Tools tools = Tools.builtIn();
        private CallListener listener = (call, event) -> {};
        private String transferContext = "from-internal";
        private Duration shutdownGrace = Duration.ofSeconds(10);
        private Duration comparison = Duration.ofSeconds(20);
        private int maxCalls = 200;
        private int mediaThreads = 2;

        private Builder() {}

        /** Where Asterisk connects to; port 0 takes a free one. */
        public Builder audioSocket(String listenHost, int listenPort) {
            host = listenHost;
            port = listenPort;
            return this;
        }

        /** The address that Asterisk is told, {@code host:port}, where it differs from the one we listen on. */
        public Builder advertise(String hostAndPort) {
            advertise = hostAndPort;
            return this;
        }

        /** Takes AudioSocket connections from this CIDR block only; several may be given, none means all. */
        public Builder allow(String cidr) {
            allowed.add(cidr);
            return this;
        }

        /** Takes calls of ARI applications too. */
        public Builder ari(AriSettings settings) {
            ari = settings;
            return this;
        }

        /** A provider under the name that the dialplan may ask for; the first is the default. */
        public Builder engine(String name, S2sEngine engine) {
            engines.put(name, engine);
            return this;
        }

        /** A profile under its name; the first is the default. */
        public Builder profile(AgentProfile profile) {
            profiles.put(profile.name(), profile);
            return this;
        }

        /** What the model can do besides talking; unless set, hang up, transfer and take a message. */
        public Builder tools(Tools value) {
            tools = value;
            return this;
        }

        /** Hears what happens in all calls. */
        public Builder listener(CallListener value) {
            listener = value;
            return this;
        }

        /** The dialplan context in which transfers are dialled; {@code from-internal} unless set. */
        public Builder transferContext(String context) {
            transferContext = context;
            return this;
        }

        /** How long calls may go on when the agent is closed. */
        public Builder shutdownGrace(Duration value) {
            shutdownGrace = value;
            return this;
        }

        /** How often our calls are compared with what is in Asterisk. */
        Builder compareEvery(Duration value) {
            comparison = value;
            return this;
        }

        /** How many calls are taken at once; others go on in their dialplan. */
        public Builder maxCalls(int value) {
            if (value < 1) {
                throw new IllegalArgumentException("maxCalls " + value + ": give at least 1");
            }
            maxCalls = value;
            return this;
        }

        /** Threads on which audio is sent and received; two carry hundreds of calls. */
        public Builder mediaThreads(int value) {
            mediaThreads = value;
            return this;
        }

        public AsteriskAgent build() {
            if (engines.isEmpty()) {
                throw new IllegalStateException("no engine: give at least one with engine(name, engine)");
            }
            if (profiles.isEmpty()) {
                profile(AgentProfile.builder("default").build());
            }
            return new AsteriskAgent(this);
        }
    }
}
