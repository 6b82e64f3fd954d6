package io.patchcord.agent.asterisk;

import io.patchcord.agent.loop.CallLoop;
import io.patchcord.ari.AriClient;
import io.patchcord.ari.AriEvent;
import io.patchcord.ari.AriListener;
import io.patchcord.ari.DisconnectReason;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The agent's connection to ARI: says once what changed, keeps the state for the health page, and passes events to the
 * control loop. {@link #state} is thread-safe; the rest is called by the ARI client.
 */
final class AriLink implements AriListener {

    private static final Logger log = LoggerFactory.getLogger(AriLink.class);

    private final AriSettings settings;
    private final CallLoop control;
    private volatile State state = new State(false, "", "not connected yet");
    private @Nullable AriClient ari;
    private @Nullable StasisCalls calls;
    private @Nullable Reconciler reconciler;
    private String lastTold = "";
    private String lost = "";

    /**
     * What is known of the connection.
     *
     * @param connected whether events arrive
     * @param version of the Asterisk that was last connected, empty if none was
     * @param problem why it is not connected, or what is wrong although it is; empty if all is well
     */
    record State(boolean connected, String version, String problem) {}

    AriLink(AriSettings settings, CallLoop control) {
        this.settings = settings;
        this.control = control;
    }

    /** Before the client connects. */
    void attach(AriClient client, StasisCalls stasisCalls, Reconciler atConnect) {
        ari = client;
        calls = stasisCalls;
        reconciler = atConnect;
    }

    State state() {
        return state;
    }

    /** Events and answers come on different threads. */
    private synchronized void change(UnaryOperator<State> change) {
        state = change.apply(state);
    }

    @Override
    public void onConnected() {
        lastTold = "";
        change(before -> new State(true, before.version, lost));
        log.info("connected to ARI at {}, applications {}", settings.base(), settings.applications());
        look();
        control.execute(() -> Optional.ofNullable(reconciler).ifPresent(Reconciler::run));
    }

    @Override
    public void onDisconnected(DisconnectReason reason, boolean willRetry) {
        change(before -> new State(false, before.version, reason.message()));
        String told = reason.kind().name();
        if (told.equals(lastTold)) {
            log.debug("ARI at {}: {}", settings.base(), reason);
            return;
        }
        lastTold = told;
        if (willRetry) {
            log.error("no ARI at {}: {}; trying again until it is there", settings.base(), reason.message());
        } else {
            log.error("no ARI at {} any more: {}; no new calls are taken", settings.base(), reason.message());
            control.execute(() -> Optional.ofNullable(calls).ifPresent(StasisCalls::stopTakingCalls));
        }
    }

    @Override
    public void onEvent(AriEvent event) {
        if (event instanceof AriEvent.ApplicationReplaced replaced) {
            String application = replaced.origin().application();
            lost = "another program took the application " + application + " over";
            change(before -> new State(false, before.version, lost));
            control.execute(() -> Optional.ofNullable(reconciler).ifPresent(Reconciler::shared));
            log.error(
                    "another program connected to ARI with the application \"{}\" and takes its calls now. Each agent needs"
                            + " an application of its own: see ASTERISK_APP_NAME",
                    application);
            return;
        }
        control.execute(() -> Optional.ofNullable(calls).ifPresent(target -> target.onEvent(event)));
    }

    /** Which Asterisk it is, and whether it can do what we need of it. */
    private void look() {
        if (ari == null) {
            return;
        }
        ari.asterisk().info().thenAccept(info -> {
            String version = info.system().version().raw();
            change(before -> new State(before.connected, version, before.problem));
            log.info("Asterisk {}", version);
        });
        ari.asterisk().hasModule("chan_audiosocket.so").thenAccept(loaded -> {
            if (!loaded) {
                change(before -> new State(before.connected, before.version, "chan_audiosocket.so is not loaded"));
                log.error(
                        "Asterisk has no chan_audiosocket.so loaded, so Stasis calls cannot get their audio: install or"
                                + " load it (module load chan_audiosocket.so); it needs Asterisk 18 or later");
            }
        });
    }
}
