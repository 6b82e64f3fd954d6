package io.patchcord.provider.openai.testing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.patchcord.agent.loop.CallLoop;
import io.patchcord.agent.media.AudioConverter;
import io.patchcord.agent.media.AudioFormat;
import io.patchcord.agent.media.AudioFrame;
import java.util.Arrays;

/**
 * The input audio buffer of one session: finds speech by its energy, commits turns, and writes down what was said. Confined
 * to the session's loop.
 */
final class FakeHearing {

    private static final int SLICE_MS = 10;
    private static final int KEPT_IN_SILENCE_MS = 2_000;
    private static final double LOUD = 400;
    private static final int SPEECH_AFTER_MS = 60;
    private static final int SHORTEST_COMMIT_MS = 100;

    private final FakeOutbox out;
    private final FakeItems items;
    private final FakeScript script;
    private final CallLoop loop;
    private final Listener listener;
    private AudioConverter toLinear = new AudioConverter(AudioFormat.SLIN_8K);
    private AudioFormat format = AudioFormat.SLIN_24K;
    private JsonNode turnDetection;
    private boolean writes;
    private final FakeAudioBuffer heard = new FakeAudioBuffer();
    private int judgedMs;
    private int bufferStartMs;
    private int loudMs;
    private int quietMs;
    private boolean speech;
    private String itemId = "";

    /** Hears of the caller's turns. */
    interface Listener {

        void speechStarted();

        void committed(String words);
    }

    FakeHearing(FakeOutbox out, FakeItems items, FakeScript script, CallLoop loop, Listener listener) {
        this.out = out;
        this.items = items;
        this.script = script;
        this.loop = loop;
        this.listener = listener;
    }

    void configure(JsonNode input) {
        AudioFormat newFormat = switch (input.path("format").path("type").asText()) {
            case "audio/pcmu" -> AudioFormat.ULAW_8K;
            case "audio/pcma" -> AudioFormat.ALAW_8K;
            default -> AudioFormat.SLIN_24K;
        };
        if (!newFormat.equals(format)) {
            format = newFormat;
            toLinear = new AudioConverter(AudioFormat.SLIN_8K);
        }
        turnDetection = input.path("turn_detection");
        writes = input.path("transcription").isObject();
    }

    /** How much audio came so far. */
    int totalMs() {
        return heard.endMs();
    }

    void append(byte[] audio) {
        int whole = audio.length - audio.length % format.bytesPerSample();
        AudioFrame linear = toLinear.convert(AudioFrame.of(format, Arrays.copyOf(audio, whole)));
        heard.add(linear.data());
        if (!turnDetection.isObject()) {
            return;
        }
        while (judgedMs + SLICE_MS <= totalMs()) {
            judge();
        }
        if (!speech) {
            heard.dropBefore(Math.max(bufferStartMs, judgedMs - KEPT_IN_SILENCE_MS));
        }
    }

    private void judge() {
        boolean loud = heard.loudness(judgedMs, judgedMs + SLICE_MS) > LOUD;
        judgedMs += SLICE_MS;
        loudMs = loud ? loudMs + SLICE_MS : 0;
        quietMs = loud ? 0 : quietMs + SLICE_MS;
        if (!speech && loudMs >= SPEECH_AFTER_MS) {
            start();
        } else if (speech
                && quietMs >= turnDetection.path("silence_duration_ms").asInt(500)) {
            stop();
        }
    }

    private void start() {
        speech = true;
        itemId = out.newId("item");
        int padding = turnDetection.path("prefix_padding_ms").asInt(300);
        int begin = Math.max(bufferStartMs, judgedMs - loudMs - padding);
        bufferStartMs = begin;
        out.send(out.event("input_audio_buffer.speech_started")
                .put("audio_start_ms", begin)
                .put("item_id", itemId));
        listener.speechStarted();
    }

    private void stop() {
        speech = false;
        loudMs = 0;
        out.send(out.event("input_audio_buffer.speech_stopped")
                .put("audio_end_ms", judgedMs)
                .put("item_id", itemId));
        commit(itemId, judgedMs);
    }

    /** The client's own judgement. */
    void commit(JsonNode event) {
        int length = totalMs() - bufferStartMs;
        if (length < SHORTEST_COMMIT_MS) {
            out.error(
                    "input_audio_buffer_commit_empty",
                    "Error committing input audio buffer: buffer too small. Expected at least 100ms of audio, but buffer"
                            + " only has " + length + ".00ms of audio.",
                    "",
                    event.path("event_id").asText(""));
            return;
        }
        speech = false;
        judgedMs = totalMs();
        commit(out.newId("item"), totalMs());
    }

    void clear() {
        bufferStartMs = totalMs();
        judgedMs = totalMs();
        speech = false;
        out.send(out.event("input_audio_buffer.cleared"));
    }

    private void commit(String id, int endMs) {
        byte[] turn = heard.between(bufferStartMs, endMs);
        bufferStartMs = endMs;
        heard.dropBefore(endMs);
        String words = script.hear(AudioFrame.of(AudioFormat.SLIN_8K, turn));
        ObjectNode item = FakeOutbox.MAPPER
                .createObjectNode()
                .put("type", "message")
                .put("status", "completed")
                .put("role", "user");
        item.putArray("content").addObject().put("type", "input_audio").putNull("transcript");
        ObjectNode committed = out.event("input_audio_buffer.committed");
        FakeOutbox.put(
                committed,
                "previous_item_id",
                items.all().isEmpty() ? "" : items.all().get(items.all().size() - 1).id);
        out.send(committed.put("item_id", id));
        FakeItems.FakeItem added = items.add(id, item);
        items.tell("conversation.item.done", added);
        listener.committed(words);
        if (writes) {
            loop.schedule(script.writing(), () -> write(added, words));
        }
    }

    /** The transcript comes beside the conversation, and may come after the answer. */
    private void write(FakeItems.FakeItem item, String words) {
        ((ObjectNode) item.json.path("content").path(0)).put("transcript", words);
        String type = "conversation.item.input_audio_transcription.";
        if (!words.isEmpty()) {
            out.send(out.event(type + "delta")
                    .put("item_id", item.id)
                    .put("content_index", 0)
                    .put("delta", words.split(" ", 2)[0]));
        }
        ObjectNode completed = out.event(type + "completed").put("item_id", item.id);
        completed.put("content_index", 0).put("transcript", words);
        completed.putObject("usage").put("type", "duration").put("seconds", 1);
        out.send(completed);
    }
}
