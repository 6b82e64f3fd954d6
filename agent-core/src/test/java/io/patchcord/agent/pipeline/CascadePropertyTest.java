package io.patchcord.agent.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchcord.agent.contract.Pieces;
import io.patchcord.agent.media.AudioFrame;
import io.patchcord.agent.pipeline.standby.Breaker;
import io.patchcord.agent.pipeline.standby.Standbys;
import io.patchcord.agent.pipeline.voice.BrittleVoice;
import io.patchcord.agent.spi.ProviderException;
import io.patchcord.agent.spi.ProviderException.Kind;
import io.patchcord.agent.spi.SttEngine;
import io.patchcord.agent.testing.ScriptedStreamingStt;
import io.patchcord.agent.testing.ScriptedStt;
import io.patchcord.agent.testing.ScriptedTts;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Parts of a cascade that break at random moments, with others behind them: every question is understood, every answer is
 * heard to its end and once, and nothing stays open.
 */
class CascadePropertyTest {

    private static final int RUNS = 100;
    private static final Map<String, String> CONVERSATION = conversation();
    private static final int RESET = 0;

    private final Call call = new Call();
    private final ScriptedStreamingStt turns = new ScriptedStreamingStt(call.tones, true);
    private final ScriptedStreamingStt stream = new ScriptedStreamingStt(call.tones, false);
    private final ScriptedStt segments = new ScriptedStt(call.loop, call.tones);
    private final BrittleModel model = new BrittleModel(CONVERSATION);
    private final BrittleModel otherModel = new BrittleModel(CONVERSATION);
    private final BrittleVoice voice = new BrittleVoice(new ScriptedTts(call.tones));
    private final BrittleVoice otherVoice = new BrittleVoice(new ScriptedTts(call.tones));

    static LongStream seeds() {
        return LongStream.rangeClosed(1, RUNS);
    }

    /** Words of equal length, so that where a voice broke off can be known to the word. */
    private static Map<String, String> conversation() {
        Map<String, String> answers = new LinkedHashMap<>();
        answers.put("When are you open?", "doors open from nine each week. even then they shut when rain sets");
        answers.put("Where do I find parking?", "much room lies past some oaks, near that pond down hill");
        answers.put("What does it cost?", "four euro each hour then less than half once dark");
        return answers;
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void partsThatBreakAtRandom(long seed) {
        Random random = new Random(seed);
        open(random);
        call.session().say("here they know what each word will take");
        call.silence(6_000);
        List<String> questions = new ArrayList<>();

        CONVERSATION.forEach((question, answer) -> {
            questions.add(question);
            int before = call.heard().size();
            ask(question, random);
            call.silence(3_000 + 400 * answer.split(" ", -1).length);
            assertThat(call.transcripts()).as("seed %d", seed).isEqualTo(questions);
            assertHeardOnce(answer, call.heard().subList(before, call.heard().size()), seed);
        });

        call.checkOrder();
        call.session().close();
        call.noAudio(60_000);
        assertThat(turns.open() + stream.open() + model.open() + otherModel.open() + voice.open() + otherVoice.open())
                .as("seed %d", seed)
                .isZero();
        assertThat(call.loop.waiting()).as("seed %d", seed).isZero();
    }

    private void open(Random random) {
        Breaker.Rests rests = new Breaker.Rests(Duration.ofSeconds(2), Duration.ofMinutes(1));
        List<SttEngine> ears = new ArrayList<>(List.of(turns, stream, segments));
        Collections.shuffle(ears, random);
        call.standbys = new Standbys<>(ears.subList(0, 2), rests, call.loop::nanoTime);
        call.model = new LlmFallback(List.of(model, otherModel), Duration.ofSeconds(4), rests, call.loop::nanoTime);
        call.voice =
                BrittleVoice.inOrder(List.of(voice, otherVoice), Duration.ofSeconds(2), rests, call.loop::nanoTime);
        call.settings = CascadeSettings.builder().recognisesAgain(false).build();
        call.open();
    }

    /** One of the parts breaks while the question is asked, or while it is answered. */
    private void ask(String question, Random random) {
        int part = random.nextInt(3);
        if (part == 1) {
            model.breakOffAfter(random.nextInt(12), failure(random));
        }
        List<AudioFrame> frames = Pieces.of(call.tones.speak(8_000, question), Call.PTIME);
        int breaksAt = part == 0 ? random.nextInt(frames.size()) : -1;
        for (int i = 0; i < frames.size(); i++) {
            call.send(frames.get(i));
            if (i == breaksAt) {
                breakRecogniser(random);
            }
        }
        if (part == 2) {
            breakVoice(random);
        }
    }

    private void breakRecogniser(Random random) {
        if (turns.open() > 0) {
            turns.fail(failure(random));
        } else if (stream.open() > 0) {
            stream.fail(failure(random));
        } else {
            segments.failNext(failure(random));
        }
    }

    private void breakVoice(Random random) {
        for (int waited = 0; waited < 3_000 && !voice.isSpeaking() && !otherVoice.isSpeaking(); waited += 20) {
            call.silence(20);
        }
        call.silence(20 * random.nextInt(25));
        BrittleVoice speaker = voice.isSpeaking() ? voice : otherVoice;
        if (speaker.isSpeaking()) {
            speaker.breakOff(failure(random));
        }
    }

    private static ProviderException failure(Random random) {
        return random.nextInt(3) == RESET
                ? new ProviderException(Kind.UNAVAILABLE, "connection reset")
                : new ProviderException(Kind.RATE_LIMITED, "slower", null, Duration.ofMillis(500));
    }

    /** The word in which a voice broke off is not said again; it may run into the next one, and both sound like another. */
    private static void assertHeardOnce(String answer, List<String> heard, long seed) {
        List<String> expected = List.of(answer.split(" ", -1));
        List<String> words = List.of(String.join(" ", heard).split(" ", -1));
        assertThat(words.size()).as("seed %d: %s", seed, heard).isBetween(expected.size() - 1, expected.size());
        assertThat(IntStream.range(0, words.size()))
                .as("seed %d: %s", seed, heard)
                .anyMatch(broken -> isSubsequence(without(broken, words), expected));
    }

    private static List<String> without(int index, List<String> words) {
        List<String> others = new ArrayList<>(words);
        others.remove(index);
        return others;
    }

    private static boolean isSubsequence(List<String> words, List<String> whole) {
        Iterator<String> rest = whole.iterator();
        return words.stream().allMatch(word -> {
            while (rest.hasNext()) {
                if (rest.next().equals(word)) {
                    return true;
                }
            }
            return false;
        });
    }
}
