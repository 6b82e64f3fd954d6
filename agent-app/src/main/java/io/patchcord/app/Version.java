package io.patchcord.app;

import io.patchcord.agent.spi.Providers;
import java.util.List;
import picocli.CommandLine.IVersionProvider;

/** Which build this is. */
final class Version implements IVersionProvider {

    /** As the manifest has it; classes that are not in a jar have none. */
    static String ofProgram() {
        String version = Version.class.getPackage().getImplementationVersion();
        return version == null ? "(not from a jar)" : version;
    }

    @Override
    public String[] getVersion() {
        List<String> names = Providers.onClassPath().conversationNames();
        return new String[] {
            "Patchcord " + ofProgram(),
            "Providers: " + (names.isEmpty() ? "none" : String.join(", ", names)),
            "Java " + Runtime.version() + ", " + System.getProperty("os.name") + " " + System.getProperty("os.arch")
        };
    }
}
