package io.patchcord.provider.deepgram.testing;

import com.fasterxml.jackson.databind.JsonNode;
import io.patchcord.agent.media.AudioFormat;
import io.patchcord.agent.media.AudioFormat.Encoding;
import io.patchcord.agent.media.AudioFrame;
import io.patchcord.agent.media.G711;
import io.patchcord.agent.media.WavReader;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.ToIntFunction;

/** What a {@link FakeVoiceAgentServer} hears, thinks and says. Not changed once the server has started. */
public final class FakeAgentScript {

    private static final int MS_PER_CHARACTER = 60;
    private static final double TONE_HZ = 440;
    private static final double AMPLITUDE = 8_000;

    private final Map<Integer, ToolRequest> tools = new HashMap<>();
    private List<String> words = List.of();
    private Function<String, List<String>> answers = heard -> List.of("You said: " + heard, "Anything else?");
    private Function<String, List<String>> toolAnswers = result -> List.of("It says: " + result);
    private Function<String, short[]> voice = FakeAgentScript::tone;
    private Duration endOfSpeech = Duration.ofMillis(400);
    private Duration thinking = Duration.ZERO;
    private ToIntFunction<JsonNode> cuts = settings -> 0;
    private boolean inOneGo;
    private int chunkBytes = 1_111;

    /**
     * A function that is called in answer to a turn.
     *
     * @param arguments as JSON
     */
    public record ToolRequest(String name, String arguments) {}

    /** What the caller's turns are taken for, in order; after the last one, {@code turn N}. */
    public FakeAgentScript hears(String... turns) {
        words = List.of(turns);
        return this;
    }

    /** The sentences that answer what was heard. */
    public FakeAgentScript answers(Function<String, List<String>> answer) {
        answers = answer;
        return this;
    }

    /**
     * Calls a function before it answers a turn.
     *
     * @param turn counted from 1
     */
    public FakeAgentScript callsTool(int turn, String name, String arguments) {
        tools.put(turn, new ToolRequest(name, arguments));
        return this;
    }

    /** The sentences that follow the result of a function. */
    public FakeAgentScript answersTool(Function<String, List<String>> answer) {
        toolAnswers = answer;
        return this;
    }

    /** How a sentence sounds: linear samples at 8 kHz. A tone of 60 ms for each character unless told otherwise. */
    public FakeAgentScript voice(Function<String, short[]> samples) {
        voice = samples;
        return this;
    }

    /** Every sentence sounds like this recording, which must have 8 kHz. */
    public FakeAgentScript voice(Path wav) {
        AudioFrame recording = WavReader.read(wav);
        if (!recording.format().equals(AudioFormat.SLIN_8K)) {
            throw new IllegalArgumentException(wav + " is " + recording.format() + ": give linear 8 kHz");
        }
        short[] samples = recording.toSamples();
        return voice(text -> samples);
    }

    /** The silence that ends a turn; 400 ms unless told otherwise. */
    public FakeAgentScript endOfSpeech(Duration silence) {
        endOfSpeech = silence;
        return this;
    }

    /** From the end of a turn to its answer; nothing unless told otherwise. */
    public FakeAgentScript thinking(Duration time) {
        thinking = time;
        return this;
    }

    /** Sends all sentences of an answer at once; else each when the one before has been spoken, as the service does. */
    public FakeAgentScript inOneGo() {
        inOneGo = true;
        return this;
    }

    /** In what pieces audio is sent. */
    public FakeAgentScript chunks(int bytes) {
        chunkBytes = bytes;
        return this;
    }

    /**
     * Resets connections in the middle of what they say.
     *
     * @param pieces of audio after which the connection with these Settings is cut; 0 for never
     */
    public FakeAgentScript cuts(ToIntFunction<JsonNode> pieces) {
        cuts = pieces;
        return this;
    }

    int cutAfter(JsonNode settings) {
        return cuts.applyAsInt(settings);
    }

    String heard(int turn) {
        return turn <= words.size() ? words.get(turn - 1) : "turn " + turn;
    }

    List<String> answer(String heard) {
        return answers.apply(heard);
    }

    Optional<ToolRequest> tool(int turn) {
        return Optional.ofNullable(tools.get(turn));
    }

    List<String> toolAnswer(String result) {
        return toolAnswers.apply(result);
    }

    byte[] audio(String sentence, Encoding law) {
        short[] samples = voice.apply(sentence);
        byte[] audio = new byte[samples.length];
        G711.encode(law, samples, 0, samples.length, audio, 0);
        return audio;
    }

    Duration endOfSpeech() {
        return endOfSpeech;
    }

    Duration thinking() {
        return thinking;
    }

    boolean isInOneGo() {
        return inOneGo;
    }

    int chunkBytes() {
        return chunkBytes;
    }

    private static short[] tone(String text) {
        short[] samples = new short[text.length() * MS_PER_CHARACTER * 8];
        for (int i = 0; i < samples.length; i++) {
            samples[i] = (short) (AMPLITUDE * Math.sin(2 * Math.PI * TONE_HZ * i / 8_000));
        }
        return samples;
    }
}
