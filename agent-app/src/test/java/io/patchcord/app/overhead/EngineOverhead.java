package io.patchcord.app.overhead;

import io.patchcord.audiosocket.AudioSocketClient;
import io.patchcord.provider.socket.testing.FakePeer;
import io.patchcord.provider.socket.testing.FakeSocketServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;

/**
 * How long a frame needs from the caller's wire to the provider's, and the first audio of an answer from there to the
 * caller's, with a provider that answers at once. Callers and provider are one process, so that one clock measures; the agent
 * is its own process, started as an administrator starts it. It is measured twice: warmed up, and, started anew, in its first
 * seconds with callers. Run by {@code agent-app/bench/overhead}.
 *
 * <p>Arguments: {@code openai} or {@code deepgram}, how many calls at once (100), seconds (30).
 */
final class EngineOverhead {

    private static final int WARM_UP_SECONDS = 20;
    private static final int FIRST_SECONDS = 10;
    private static final Duration CONNECT_LIMIT = Duration.ofSeconds(20);

    private final Samples toProvider = new Samples();
    private final Samples toCaller = new Samples();
    private final AtomicReference<BenchCall> next = new AtomicReference<>();

    private EngineOverhead() {}

    public static void main(String[] args) throws Exception {
        String provider = args.length > 0 ? args[0] : "openai";
        int calls = args.length > 1 ? Integer.parseInt(args[1]) : 100;
        int seconds = args.length > 2 ? Integer.parseInt(args[2]) : 30;
        Function<BenchCall, FakePeer> peers = switch (provider) {
            case "openai" -> InstantRealtime::new;
            case "deepgram" -> InstantVoiceAgent::new;
            default -> throw new IllegalArgumentException("openai or deepgram, and not " + provider);
        };
        new EngineOverhead().measure(provider, peers, calls, seconds);
    }

    private void measure(String provider, Function<BenchCall, FakePeer> peers, int calls, int seconds)
            throws Exception {
        try (FakeSocketServer service = FakeSocketServer.start();
                AudioSocketClient client = AudioSocketClient.create()) {
            service.serve(() -> peers.apply(next.get()));
            System.out.printf(Locale.ROOT, "%s, %d calls at once%n", provider, calls);
            try (MeasuredAgent agent = MeasuredAgent.start(provider, service.port())) {
                List<BenchCall> all = dial(client, agent, service, calls);
                // For HotSpot alone.
                TimeUnit.SECONDS.sleep(WARM_UP_SECONDS);
                forget();
                report("for " + seconds + " s, warmed up", agent, seconds, all);
            }
            // What is left of the first agent's calls ends.
            TimeUnit.SECONDS.sleep(2);
            try (MeasuredAgent agent = MeasuredAgent.start(provider, service.port())) {
                forget();
                List<BenchCall> all = dial(client, agent, service, calls);
                report("in its first seconds with callers", agent, FIRST_SECONDS, all);
            }
        }
    }

    private void forget() {
        toProvider.clear();
        toCaller.clear();
    }

    private void report(String when, MeasuredAgent agent, int seconds, List<BenchCall> calls)
            throws InterruptedException {
        double before = agent.processorSeconds();
        TimeUnit.SECONDS.sleep(seconds);
        double used = agent.processorSeconds() - before;
        long lost = calls.stream().filter(BenchCall::hasEnded).count();
        System.out.printf(
                Locale.ROOT,
                " %s%n  caller's frame to provider:          %s%n"
                        + "  provider's first audio to the wire:  %s%n  agent: %.2f cores; calls that ended: %d%n",
                when,
                toProvider,
                toCaller,
                used / seconds,
                lost);
    }

    private List<BenchCall> dial(AudioSocketClient client, MeasuredAgent agent, FakeSocketServer service, int calls)
            throws Exception {
        List<BenchCall> dialled = new ArrayList<>();
        int before = service.connections().size();
        for (int i = 0; i < calls; i++) {
            client.connect(
                            UUID.randomUUID(),
                            new InetSocketAddress(InetAddress.getLoopbackAddress(), agent.audioSocketPort()),
                            made -> {
                                BenchCall call = new BenchCall(made, toProvider, toCaller);
                                next.set(call);
                                return call;
                            })
                    .get(CONNECT_LIMIT.toSeconds(), TimeUnit.SECONDS);
            service.awaitOpen(before + i);
            BenchCall call = next.get();
            call.speak(i);
            dialled.add(call);
        }
        return dialled;
    }
}
