package io.patchcord.provider.openai;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchcord.agent.contract.MessageTurmoil;
import io.patchcord.agent.contract.S2sTurmoil;
import io.patchcord.agent.loop.CallLoop;
import io.patchcord.agent.spi.ProviderConfig;
import io.patchcord.agent.testing.ManualCallLoop;
import io.patchcord.provider.socket.ProviderSocket;
import io.patchcord.provider.socket.SocketEnd;
import io.patchcord.provider.socket.SocketListener;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever the Realtime service says, and whenever: the session keeps its rules, and ends when it is closed. */
class RealtimeTurmoilTest {

    private static final int RUNS = 300;

    private static final List<String> PATTERNS = List.of(
            "{\"type\":\"session.updated\",\"session\":{\"expires_at\":<N>}}",
            "{\"type\":\"response.created\",\"response\":{\"id\":\"<r>\",\"metadata\":{\"patchcord_request\":\"answer_<N>\"}}}",
            "{\"type\":\"response.created\",\"response\":{\"id\":\"<r>\",\"status\":\"in_progress\"}}",
            "{\"type\":\"response.output_item.added\",\"response_id\":\"<r>\",\"item\":{\"id\":\"<i>\",\"type\":\"message\"}}",
            "{\"type\":\"response.output_item.added\",\"response_id\":\"<r>\",\"item\":{\"id\":\"<i>\",\"type\":\"function_call\","
                    + "\"call_id\":\"<c>\",\"name\":\"book\"}}",
            "{\"type\":\"response.output_audio.delta\",\"response_id\":\"<r>\",\"item_id\":\"<i>\",\"delta\":\"<A>\"}",
            "{\"type\":\"response.output_audio.delta\",\"response_id\":\"<r>\",\"item_id\":\"<i>\",\"delta\":\"<A>\"}",
            "{\"type\":\"response.output_audio_transcript.delta\",\"response_id\":\"<r>\",\"item_id\":\"<i>\",\"delta\":\"<W>\"}",
            "{\"type\":\"response.output_audio.done\",\"response_id\":\"<r>\",\"item_id\":\"<i>\"}",
            "{\"type\":\"response.function_call_arguments.done\",\"response_id\":\"<r>\",\"item_id\":\"<i>\",\"call_id\":\"<c>\","
                    + "\"name\":\"book\",\"arguments\":\"{}\"}",
            "{\"type\":\"response.output_item.done\",\"response_id\":\"<r>\",\"item\":{\"id\":\"<i>\",\"type\":\"message\","
                    + "\"status\":\"incomplete\"}}",
            "{\"type\":\"response.done\",\"response\":{\"id\":\"<r>\",\"status\":\"completed\",\"output\":[{\"id\":\"<i>\","
                    + "\"type\":\"function_call\",\"call_id\":\"<c>\",\"name\":\"book\",\"arguments\":\"{}\"}]}}",
            "{\"type\":\"response.done\",\"response\":{\"id\":\"<r>\",\"status\":\"completed\",\"output\":[{\"id\":\"<i>\","
                    + "\"type\":\"message\"}]}}",
            "{\"type\":\"response.done\",\"response\":{\"id\":\"<r>\",\"status\":\"cancelled\",\"status_details\":{\"reason\":"
                    + "\"turn_detected\"}}}",
            "{\"type\":\"response.done\",\"response\":{\"id\":\"<r>\",\"status\":\"incomplete\",\"status_details\":{\"reason\":"
                    + "\"max_output_tokens\"}}}",
            "{\"type\":\"input_audio_buffer.speech_started\",\"audio_start_ms\":<N>,\"item_id\":\"<u>\"}",
            "{\"type\":\"input_audio_buffer.speech_stopped\",\"audio_end_ms\":<N>,\"item_id\":\"<u>\"}",
            "{\"type\":\"input_audio_buffer.committed\",\"item_id\":\"<u>\"}",
            "{\"type\":\"input_audio_buffer.timeout_triggered\",\"audio_start_ms\":<N>,\"audio_end_ms\":<N>,\"item_id\":\"<u>\"}",
            "{\"type\":\"conversation.item.added\",\"item\":{\"id\":\"<u>\",\"type\":\"message\",\"role\":\"user\"}}",
            "{\"type\":\"conversation.item.added\",\"item\":{\"type\":\"function_call_output\",\"call_id\":\"<c>\"}}",
            "{\"type\":\"conversation.item.input_audio_transcription.delta\",\"item_id\":\"<u>\",\"delta\":\"<W>\"}",
            "{\"type\":\"conversation.item.input_audio_transcription.completed\",\"item_id\":\"<u>\",\"transcript\":\"<W>\"}",
            "{\"type\":\"conversation.item.input_audio_transcription.failed\",\"item_id\":\"<u>\",\"error\":{\"message\":\"<W>\"}}",
            "{\"type\":\"conversation.item.truncated\",\"item_id\":\"<i>\",\"audio_end_ms\":<N>}",
            "{\"type\":\"rate_limits.updated\",\"rate_limits\":[{\"name\":\"tokens\",\"limit\":<N>,\"remaining\":<N>}]}",
            "{\"type\":\"error\",\"error\":{\"type\":\"invalid_request_error\",\"code\":"
                    + "\"conversation_already_has_active_response\",\"message\":\"<W>\"}}",
            "{\"type\":\"error\",\"error\":{\"type\":\"invalid_request_error\",\"code\":\"response_cancel_not_active\"}}",
            "{\"type\":\"error\",\"error\":{\"type\":\"server_error\",\"message\":\"<W>\"}}",
            "{\"type\":\"of.next.year\",\"<W>\":<N>}");

    private final ManualCallLoop loop = new ManualCallLoop();
    private final List<Connection> connections = new ArrayList<>();

    static LongStream seeds() {
        return LongStream.rangeClosed(1, RUNS);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void anythingAtAnyTime(long seed) {
        Random random = new Random(seed);
        MessageTurmoil messages = new MessageTurmoil(random, PATTERNS);
        RealtimeSettings settings =
                RealtimeConfig.settings(ProviderConfig.of(Map.of("OPENAI_API_KEY", "sk-test-0123456789abcdef")));
        RealtimeEngine engine = new RealtimeEngine(settings, new Sockets(), Optional.empty());

        S2sTurmoil.run(random, loop, engine, () -> disturb(random, messages));

        assertThat(connections).as("seed %d", seed).isNotEmpty().allMatch(connection -> connection.over);
    }

    private void disturb(Random random, MessageTurmoil messages) {
        Connection connection = connections.get(connections.size() - 1);
        if (random.nextInt(150) == 0) {
            connection.end(
                    random.nextBoolean() ? new SocketEnd.Lost("reset") : new SocketEnd.ClosedByPeer(1011, "oops"));
        } else if (random.nextInt(100) == 0) {
            connection.listener.binary(new byte[random.nextInt(10)]);
        } else if (connection.open) {
            connection.listener.text(messages.next());
        }
    }

    /** The service is there at once. */
    private final class Sockets implements RealtimeSockets {

        @Override
        public ProviderSocket connect(URI address, CallLoop callLoop, SocketListener listener) {
            Connection connection = new Connection(listener);
            connections.add(connection);
            loop.schedule(Duration.ofMillis(30), connection::begin);
            return connection;
        }

        @Override
        public void close() {}
    }

    private final class Connection implements ProviderSocket {

        private final SocketListener listener;
        private boolean open;
        private boolean over;

        Connection(SocketListener listener) {
            this.listener = listener;
        }

        void begin() {
            if (!over) {
                open = true;
                listener.opened(Map.of());
                listener.text("{\"type\":\"session.created\",\"session\":{}}");
                loop.schedule(Duration.ofMillis(30), this::accept);
            }
        }

        private void accept() {
            if (open) {
                listener.text("{\"type\":\"session.updated\",\"session\":{}}");
            }
        }

        void end(SocketEnd end) {
            if (!over) {
                open = false;
                over = true;
                listener.closed(end);
            }
        }

        @Override
        public boolean sendText(String text) {
            return open;
        }

        @Override
        public boolean sendBinary(byte[] bytes) {
            throw new AssertionError("the API has no binary messages");
        }

        @Override
        public boolean isOpen() {
            return open;
        }

        @Override
        public void close(int code, String reason) {
            abort();
        }

        @Override
        public void abort() {
            open = false;
            loop.execute(() -> end(new SocketEnd.ClosedByUs(1000)));
        }
    }
}
