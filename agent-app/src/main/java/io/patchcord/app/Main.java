package io.patchcord.app;

import io.patchcord.agent.spi.Providers;
import java.nio.file.Path;

/** Where the program begins. */
public final class Main {

    private Main() {}

    public static void main(String[] args) {
        System.exit(new AgentCli(Providers.onClassPath(), System.getenv(), Path.of("")).execute(args));
    }
}
