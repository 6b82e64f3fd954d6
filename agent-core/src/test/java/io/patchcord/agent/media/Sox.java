package io.patchcord.agent.media;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The sound tool of that name, as a judge of ours. Tests that want it are skipped where it is not installed. */
final class Sox {

    private Sox() {}

    static void assumeInstalled() {
        assumeTrue(isInstalled(), "sox is not installed: apt-get install sox");
    }

    /** Runs it without dither, which would add noise of its own. */
    static void run(Object... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("sox", "-D", "-V1"));
        for (Object argument : arguments) {
            command.add(argument.toString());
        }
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.INHERIT)
                .start();
        if (!process.waitFor(30, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new IOException("sox does not end: " + command);
        }
        if (process.exitValue() != 0) {
            throw new IOException("sox failed: " + command);
        }
    }

    static AudioFrame resample(Path folder, AudioFrame frame, int toHz) throws IOException, InterruptedException {
        Path in = folder.resolve("in.wav");
        Path out = folder.resolve("out.wav");
        WavWriter.write(in, frame);
        run(in, "-r", toHz, out, "rate", "-h");
        return WavReader.read(out);
    }

    private static boolean isInstalled() {
        try {
            return new ProcessBuilder("sox", "--version")
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
