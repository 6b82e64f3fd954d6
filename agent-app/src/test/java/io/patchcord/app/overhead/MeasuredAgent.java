package io.patchcord.app.overhead;

import io.patchcord.app.acceptance.Ports;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The agent's process, for a provider whose service listens on a port of this machine. */
final class MeasuredAgent implements AutoCloseable {

    private static final int START_LIMIT_SECONDS = 60;

    private final Process process;
    private final int audioSocketPort;

    private MeasuredAgent(Process process, int audioSocketPort) {
        this.process = process;
        this.audioSocketPort = audioSocketPort;
    }

    static MeasuredAgent start(String provider, int servicePort) throws IOException, InterruptedException {
        int port = Ports.free();
        Path jar = Path.of("target", "agent-app-" + provider + ".jar").toAbsolutePath();
        ProcessBuilder builder = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-jar", jar.toString());
        builder.directory(Path.of("target").toFile());
        Map<String, String> environment = builder.environment();
        environment.put("AI_PROVIDER", provider);
        environment.put("AUDIOSOCKET_PORT", Integer.toString(port));
        environment.put("HEALTH_PORT", Integer.toString(Ports.free()));
        environment.put("CHECK_KEYS", "false");
        environment.put("LOG_LEVEL", "warn");
        if (provider.equals("openai")) {
            environment.put("OPENAI_API_KEY", "none");
            environment.put("OPENAI_BASE_URL", "http://127.0.0.1:" + servicePort + "/v1");
        } else {
            environment.put("DEEPGRAM_API_KEY", "none");
            environment.put("DEEPGRAM_AGENT_URL", "ws://127.0.0.1:" + servicePort + "/v1/agent/converse");
        }
        builder.inheritIO();
        MeasuredAgent agent = new MeasuredAgent(builder.start(), port);
        agent.awaitListener();
        return agent;
    }

    private void awaitListener() throws InterruptedException {
        for (int i = 0; i < 10 * START_LIMIT_SECONDS; i++) {
            try (Socket probe = new Socket(InetAddress.getLoopbackAddress(), audioSocketPort)) {
                return;
            } catch (IOException notYet) {
                if (!process.isAlive()) {
                    throw new IllegalStateException("the agent ended with " + process.exitValue(), notYet);
                }
                TimeUnit.MILLISECONDS.sleep(100);
            }
        }
        throw new IllegalStateException("the agent does not listen on port " + audioSocketPort);
    }

    int audioSocketPort() {
        return audioSocketPort;
    }

    /** What it has used so far. */
    double processorSeconds() {
        return process.info().totalCpuDuration().orElseThrow().toNanos() / 1e9;
    }

    @Override
    public void close() throws InterruptedException {
        process.destroy();
        process.waitFor();
    }
}
