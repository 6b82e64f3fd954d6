package io.patchcord.provider.openai.testing;

import com.fasterxml.jackson.databind.JsonNode;
import io.patchcord.agent.media.AudioFrame;
import io.patchcord.agent.testing.ToneSpeech;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/**
 * How a fake service behaves. Unless told otherwise it hears and speaks {@link ToneSpeech}, thinks for 100 ms and then answers
 * each turn with what it heard, at once and in pieces of 200 ms. May be changed while sessions run. Thread-safe.
 */
public final class FakeScript {

    private final ToneSpeech tones = new ToneSpeech();
    private final Map<String, Handler> handlers = new ConcurrentHashMap<>();
    private volatile Function<AudioFrame, String> ears = tones::hear;
    private volatile Function<String, AudioFrame> voice = text -> tones.speak(8_000, text);
    private volatile Function<String, FakeAnswer> model = heard -> FakeAnswer.says("You said " + heard);
    private volatile Duration thinking = Duration.ofMillis(100);
    private volatile Duration piece = Duration.ofMillis(200);
    private volatile Duration pause = Duration.ZERO;
    private volatile Duration writing = Duration.ofMillis(300);
    private volatile Duration lifetime = Duration.ofMinutes(60);

    /** Takes a message of the client's in the place of the fake's own behaviour. */
    public interface Handler {

        /** False lets the fake react as usual. */
        boolean handle(FakeRealtimeSession session, JsonNode event);
    }

    /** The language of tones that it hears and speaks unless told otherwise. */
    public ToneSpeech tones() {
        return tones;
    }

    /** What it understands of the caller's audio, which is linear and has 8 kHz. */
    public FakeScript hears(Function<AudioFrame, String> newEars) {
        ears = newEars;
        return this;
    }

    /** How a text sounds: linear audio of any rate. */
    public FakeScript speaks(Function<String, AudioFrame> newVoice) {
        voice = newVoice;
        return this;
    }

    /** What it answers to what it heard last; also asked for the answer to a tool's result, which it is then given. */
    public FakeScript answers(Function<String, FakeAnswer> newModel) {
        model = newModel;
        return this;
    }

    /** How long it takes until a response begins to be spoken. */
    public FakeScript thinksFor(Duration time) {
        thinking = time;
        return this;
    }

    /** How audio is sent: pieces of this length, with this much time between them. */
    public FakeScript sendsPieces(Duration length, Duration between) {
        piece = length;
        pause = between;
        return this;
    }

    /** How long after a turn its transcript comes. */
    public FakeScript writesAfter(Duration time) {
        writing = time;
        return this;
    }

    /** How long a session lives. */
    public FakeScript sessionsLive(Duration time) {
        lifetime = time;
        return this;
    }

    /** Lets messages of this type be handled otherwise. */
    public FakeScript on(String type, Handler handler) {
        handlers.put(type, handler);
        return this;
    }

    /** Lets messages of this type be handled as usual. */
    public FakeScript asUsual(String type) {
        handlers.remove(type);
        return this;
    }

    boolean handle(FakeRealtimeSession session, String type, JsonNode event) {
        Handler handler = handlers.get(type);
        return handler != null && handler.handle(session, event);
    }

    String hear(AudioFrame audio) {
        return ears.apply(audio);
    }

    AudioFrame speak(String text) {
        return voice.apply(text);
    }

    FakeAnswer answer(String heard) {
        return model.apply(heard);
    }

    Duration thinking() {
        return thinking;
    }

    Duration piece() {
        return piece;
    }

    Duration pause() {
        return pause;
    }

    Duration writing() {
        return writing;
    }

    Duration lifetime() {
        return lifetime;
    }
}
