package io.patchcord.provider.deepgram.agent;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.patchcord.provider.deepgram.Json;
import io.patchcord.provider.socket.ProviderSocket;
import io.patchcord.provider.socket.SocketEnd;
import io.patchcord.provider.socket.SocketListener;
import io.patchcord.provider.socket.SocketRequest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;

/** The service in a test's hands, in virtual time: what it says is heard at once, what it was sent is kept. */
final class ScriptedService implements Dialer {

    private final List<Line> lines = new ArrayList<>();

    @Override
    public ProviderSocket connect(SocketRequest request, Executor executor, SocketListener listener) {
        Line line = new Line(request, listener);
        lines.add(line);
        return line;
    }

    /** How many connections there have been. */
    int connections() {
        return lines.size();
    }

    /** Whether there is no connection that neither side has ended. */
    boolean allAreEnded() {
        return lines.stream().allMatch(line -> line.ended);
    }

    /** The newest connection. */
    Line line() {
        return lines.get(lines.size() - 1);
    }

    Line line(int index) {
        return lines.get(index);
    }

    /** Takes the newest connection as far as SettingsApplied. */
    Line accept() {
        Line line = line();
        line.open();
        line.says("{'type':'Welcome','request_id':'r-1'}");
        line.says("{'type':'SettingsApplied'}");
        return line;
    }

    /** One connection. */
    static final class Line implements ProviderSocket {

        private final SocketRequest request;
        private final SocketListener listener;
        private final List<String> texts = new ArrayList<>();
        private final List<byte[]> audio = new ArrayList<>();
        private boolean open;
        private String end = "";
        private boolean ended;

        private Line(SocketRequest request, SocketListener listener) {
            this.request = request;
            this.listener = listener;
        }

        SocketRequest request() {
            return request;
        }

        void open() {
            open = true;
            listener.opened(Map.of("dg-request-id", "r-1"));
        }

        /** JSON, in which {@code '} stands for the quotation mark. */
        void says(String message) {
            listener.text(message.replace('\'', '"'));
        }

        void saysAsItIs(String message) {
            listener.text(message);
        }

        void speaks(byte[] bytes) {
            listener.binary(bytes);
        }

        /** So many milliseconds of the agent's voice. */
        void speaks(int millis) {
            byte[] voice = new byte[millis * 8];
            Arrays.fill(voice, (byte) 0x20);
            listener.binary(voice);
        }

        void agentSays(String text) {
            says("{'type':'ConversationText','role':'assistant','content':'" + text + "'}");
        }

        void callerSaid(String text) {
            says("{'type':'ConversationText','role':'user','content':'" + text + "'}");
        }

        void ends(SocketEnd why) {
            open = false;
            ended = true;
            listener.closed(why);
        }

        void isLost() {
            ends(new SocketEnd.Lost("reset by peer"));
        }

        /** The texts that were sent. */
        List<String> texts() {
            return List.copyOf(texts);
        }

        /** The messages of this type that were sent. */
        List<JsonNode> sent(String type) {
            return texts.stream()
                    .map(ScriptedService::parse)
                    .filter(message -> message.path("type").asText().equals(type))
                    .toList();
        }

        JsonNode settings() {
            List<JsonNode> settings = sent("Settings");
            if (settings.size() != 1) {
                throw new AssertionError("Settings must have been sent once, and were " + settings.size() + " times");
            }
            return settings.get(0);
        }

        List<byte[]> audio() {
            return List.copyOf(audio);
        }

        int audioBytes() {
            return audio.stream().mapToInt(bytes -> bytes.length).sum();
        }

        boolean isOver() {
            return ended;
        }

        /** How we ended it: {@code "close 1000"} or {@code "abort"}; empty if we did not. */
        String end() {
            return end;
        }

        @Override
        public boolean sendText(String text) {
            if (open) {
                texts.add(text);
            }
            return open;
        }

        @Override
        public boolean sendBinary(byte[] bytes) {
            if (open) {
                audio.add(bytes);
            }
            return open;
        }

        @Override
        public boolean isOpen() {
            return open;
        }

        @Override
        public void close(int code, String reason) {
            open = false;
            ended = true;
            end = "close " + code;
        }

        @Override
        public void abort() {
            open = false;
            ended = true;
            end = "abort";
        }
    }

    static JsonNode parse(String text) {
        try {
            return Json.read(text);
        } catch (JsonProcessingException e) {
            throw new AssertionError(text, e);
        }
    }
}
