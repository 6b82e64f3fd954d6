package io.patchcord.examples;

import io.patchcord.agent.asterisk.AriSettings;
import io.patchcord.agent.asterisk.AsteriskAgent;
import io.patchcord.agent.spi.ProviderConfig;
import java.net.URI;
import java.util.List;
import java.util.Optional;

/**
 * A voice agent embedded in a program of your own: every caller of {@code Stasis(parrot)} and of
 * {@code AudioSocket(${UUID},127.0.0.1:8090)} talks with a parrot, of the provider that {@link ParrotProvider} is.
 *
 * <p>Usage: {@code ParrotAgent [ari-uri user password]}
 */
public final class ParrotAgent {

    private ParrotAgent() {}

    public static void main(String[] args) throws InterruptedException {
        AsteriskAgent.Builder builder = AsteriskAgent.builder()
                .audioSocket("127.0.0.1", Integer.getInteger("port", 8090))
                .engine("parrot", new ParrotProvider().create(ProviderConfig.of(System.getenv())))
                .listener((call, event) -> System.out.println(call.callId() + " " + event));
        if (args.length == 3) {
            builder.ari(new AriSettings(
                    URI.create(args[0]),
                    args[1],
                    args[2],
                    List.of(System.getProperty("app", "parrot")),
                    Optional.empty()));
        }
        AsteriskAgent agent = builder.build();
        Runtime.getRuntime().addShutdownHook(new Thread(agent::close));
        agent.start();
        System.out.println("listening on " + agent.port());
        Thread.currentThread().join();
    }
}
