package io.patchcord.provider.local.dialogue;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchcord.provider.local.dialogue.Intent.Kind;
import io.patchcord.provider.local.embedding.SentenceEmbedder;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sentences that stand in no file, against the house in the jar. */
class IntentFinderTest {

    private static final Logger log = LoggerFactory.getLogger(IntentFinderTest.class);
    private static final House HOUSE = HouseFile.inJar();
    private static SentenceEmbedder embedder;
    private static IntentFinder finder;

    private record Asked(String sentence, String expected) {}

    @BeforeAll
    static void load() {
        embedder = new SentenceEmbedder();
        finder = new IntentFinder(embedder, HOUSE);
    }

    @AfterAll
    static void free() {
        embedder.close();
    }

    @Test
    void paraphrases_areUnderstoodNineTimesOutOfTen() {
        assertUnderstood("paraphrases.txt", 60, 0.9);
    }

    /** Written before the example phrases were last worked on, and left out of view then: 21 of 27 at the first sight. */
    @Test
    void paraphrasesNobodyTunedFor_areUnderstoodThreeTimesOutOfFour() {
        assertUnderstood("fresh.txt", 25, 0.75);
    }

    /**
     * Written by somebody who had not seen the example phrases, for another house with the same topics, some of it as a
     * recogniser mangles it; never tuned for. Off-topic sentences are among them.
     */
    @Test
    void paraphrasesForAnotherHouse_areUnderstoodNineTimesOutOfTen() {
        assertUnderstood("independent.txt", 140, 0.9);
    }

    /** To be told something else is a nuisance; to be put through or hung up on is the end of the call. */
    @Test
    void nobodyIsPutThroughOrHungUpOnUnasked() {
        List<String> ended = Stream.of(
                        "independent.txt", "fresh.txt", "paraphrases.txt", "mangled.txt", "other-matters.txt")
                .flatMap(file -> asked(file).stream())
                .filter(asked -> !endsTheCall(asked.expected()) && isEndedBy(asked.sentence()))
                .map(Asked::sentence)
                .toList();

        assertThat(ended).isEmpty();
    }

    private static boolean endsTheCall(String expected) {
        return expected.equals("FAREWELL")
                || HOUSE.people().stream().anyMatch(person -> person.name().equals(expected));
    }

    private static boolean isEndedBy(String sentence) {
        Receptionist receptionist = new Receptionist(HOUSE, Clock.systemUTC());
        Set<String> tools = Set.of(Receptionist.TRANSFER, Receptionist.HANG_UP, MessageTaking.TOOL);
        State state = State.initial(HOUSE.greeting());
        return PlainWords.intent(Words.of(sentence))
                .map(intent -> receptionist.answer(state, intent, sentence, tools))
                .orElseGet(() -> receptionist.answer(state, finder.find(sentence), sentence, tools))
                .action()
                .isPresent();
    }

    @Test
    void whatTheRecogniserMangled_isUnderstoodMostly() {
        assertUnderstood("mangled.txt", 10, 0.8);
    }

    @Test
    void paraphrases_areNoExamples() {
        List<String> examples = new ArrayList<>();
        Phrases.EXAMPLES.values().forEach(phrases -> phrases.forEach(phrase -> examples.add(Words.of(phrase))));
        HOUSE.topics().forEach(topic -> topic.phrases().forEach(phrase -> examples.add(Words.of(phrase))));

        assertThat(asked("paraphrases.txt"))
                .extracting(asked -> Words.of(asked.sentence()))
                .doesNotContainAnyElementsOf(examples)
                .doesNotHaveDuplicates();
    }

    @Test
    void longStory_isUnderstoodByItsQuestion() {
        String story = "Hi there. My sister told me about you last summer. So, when do you close tonight?";

        assertThat(finder.find(story).intent().kind()).isEqualTo(Kind.HOURS);
    }

    @Test
    void otherMatters_areNotUnderstood() {
        List<String> wrong = asked("other-matters.txt").stream()
                .filter(asked -> understood(asked.sentence()).kind() != Kind.UNKNOWN)
                .map(asked -> asked.sentence() + " -> " + finder.find(asked.sentence()))
                .toList();

        assertThat(wrong).isEmpty();
    }

    private static void assertUnderstood(String file, int atLeast, double share) {
        List<Asked> all = asked(file);
        List<String> wrong = all.stream()
                .filter(asked -> !name(understood(asked.sentence())).equals(asked.expected()))
                .map(asked -> asked.sentence() + " -> " + name(understood(asked.sentence())) + " "
                        + finder.find(asked.sentence()).score())
                .toList();

        log.info("{}: {} of {} understood; not: {}", file, all.size() - wrong.size(), all.size(), wrong);
        assertThat(all).hasSizeGreaterThanOrEqualTo(atLeast);
        assertThat(1 - (double) wrong.size() / all.size())
                .as("understood of %s; not: %s", all.size(), String.join("\n", wrong))
                .isGreaterThanOrEqualTo(share);
    }

    private static Intent understood(String sentence) {
        return PlainWords.intent(Words.of(sentence))
                .orElseGet(() -> finder.find(sentence).intent());
    }

    private static String name(Intent intent) {
        return switch (intent.kind()) {
            case TOPIC -> HOUSE.topics().get(intent.index()).name();
            case PERSON -> HOUSE.people().get(intent.index()).name();
            // Who asks for anybody is put through to the first one.
            case ANY_PERSON -> HOUSE.people().get(0).name();
            default -> intent.kind().name();
        };
    }

    /** Lines of what is expected, a bar, and the sentence. */
    private static List<Asked> asked(String file) {
        try (InputStream in = Objects.requireNonNull(IntentFinderTest.class.getResourceAsStream(file), file)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.isBlank())
                    .map(line -> line.split("\\|", 2))
                    .map(parts -> new Asked(parts[1].strip(), parts[0].strip()))
                    .toList();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
