package io.patchcord.provider.openai.testing;

import io.patchcord.agent.media.AudioFrame;
import io.patchcord.agent.media.WavReader;
import io.patchcord.provider.socket.testing.FakeConnection;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The fake service as a process, for calls through a real Asterisk: prints its address, answers each turn with the next of
 * the answers that it was given, and tells what passes.
 *
 * <pre>{@code
 * FakeRealtimeMain [--answer TEXT | --tool NAME ARGUMENTS]... [--wav FILE] [--thinking MILLISECONDS]
 * }</pre>
 *
 * <p>Texts are spoken as tones, or all as the same WAV file.
 */
public final class FakeRealtimeMain {

    private FakeRealtimeMain() {}

    public static void main(String[] args) throws IOException, InterruptedException {
        FakeScript script = new FakeScript().thinksFor(Duration.ZERO);
        List<FakeAnswer> answers = new ArrayList<>();
        for (int i = 0; i < args.length; i++) {
            switch (args[i]) {
                case "--answer" -> answers.add(FakeAnswer.says(args[++i]));
                case "--tool" -> answers.add(FakeAnswer.calls(args[++i], args[++i]));
                case "--wav" -> {
                    AudioFrame audio = WavReader.read(Path.of(args[++i]));
                    script.speaks(text -> audio);
                }
                case "--thinking" -> script.thinksFor(Duration.ofMillis(Long.parseLong(args[++i])));
                default -> throw new IllegalArgumentException("there is no option " + args[i]);
            }
        }
        if (!answers.isEmpty()) {
            AtomicInteger next = new AtomicInteger();
            script.answers(heard -> answers.get(next.getAndIncrement() % answers.size()));
        }
        FakeRealtimeServer server = FakeRealtimeServer.start(script).tap(new Told());
        System.out.println("OPENAI_BASE_URL=" + server.baseUrl());
        new CountDownLatch(1).await();
    }

    /** Writes down the types of messages, but for those of audio. */
    private static final class Told implements FakeRealtimeServer.Tap {

        @Override
        public void received(FakeConnection connection, String message) {
            tell("<", message);
        }

        @Override
        public void sent(FakeConnection connection, String message) {
            tell(">", message);
        }

        private static void tell(String direction, String message) {
            if (!message.contains("input_audio_buffer.append") && !message.contains("audio.delta")) {
                System.out.println(direction + " " + message);
            }
        }
    }
}
