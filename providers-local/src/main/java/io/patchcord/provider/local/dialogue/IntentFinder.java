package io.patchcord.provider.local.dialogue;

import io.patchcord.provider.local.dialogue.Intent.Kind;
import io.patchcord.provider.local.embedding.Embedding;
import io.patchcord.provider.local.embedding.SentenceEmbedder;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Finds what a caller wants by how near the words are, in meaning, to those by which others have asked for it. It takes
 * some milliseconds, on the thread that asks. Thread-safe.
 */
final class IntentFinder {

    /** Below it, one asks back. */
    static final float FLOOR = 0.35f;

    /** From it on, one may do what cannot be undone: put the caller through, or hang up. */
    static final float SURE = 0.55f;

    /** Somebody who is named counts as wanted if asking for a person is as near as that to the nearest meaning. */
    private static final float NAMED_MARGIN = 0.08f;

    private static final int MOST_SENTENCES = 6;

    private final SentenceEmbedder embedder;
    private final House house;
    private final List<Example> examples = new ArrayList<>();

    private record Example(Intent intent, Embedding meaning) {}

    /**
     * What was found.
     *
     * @param score how near it is: 1 if the same was said, at least {@link #SURE} if somebody was named
     */
    record Found(Intent intent, float score) {}

    /** Takes a few milliseconds for each example. */
    IntentFinder(SentenceEmbedder embedder, House house) {
        this.embedder = embedder;
        this.house = house;
        Phrases.EXAMPLES.forEach((kind, phrases) -> phrases.forEach(phrase -> add(Intent.of(kind), phrase)));
        for (int i = 0; i < house.topics().size(); i++) {
            Intent intent = new Intent(Kind.TOPIC, i);
            house.topics().get(i).phrases().forEach(phrase -> add(intent, phrase));
        }
        for (int i = 0; i < house.people().size(); i++) {
            Intent intent = new Intent(Kind.PERSON, i);
            names(house.people().get(i))
                    .forEach(name -> Phrases.FOR_PERSON.forEach(frame -> add(intent, String.format(frame, name))));
        }
    }

    private void add(Intent intent, String phrase) {
        examples.add(new Example(intent, embedder.embed(Words.of(phrase))));
    }

    private static Set<String> names(Person person) {
        Set<String> names = new LinkedHashSet<>();
        names.add(person.name());
        names.addAll(person.synonyms());
        return names;
    }

    /** What is nearest to the whole, or to one of the sentences in it; of kind UNKNOWN if nothing is near enough. */
    Found find(String text) {
        Found best = new Found(Intent.of(Kind.UNKNOWN), FLOOR);
        for (String part : parts(text)) {
            Found found = nearest(part);
            if (found.score() > best.score()) {
                best = found;
            }
        }
        return best;
    }

    private static Set<String> parts(String text) {
        Set<String> parts = new LinkedHashSet<>();
        parts.add(PlainWords.withoutFillers(Words.of(text)));
        for (String sentence : text.split("(?<=[.?!])\\s+", MOST_SENTENCES)) {
            String words = PlainWords.withoutFillers(Words.of(sentence));
            if (PlainWords.intent(words).isEmpty()) {
                parts.add(words);
            }
        }
        return parts;
    }

    private Found nearest(String words) {
        Embedding meaning = embedder.embed(words);
        Found best = new Found(Intent.of(Kind.UNKNOWN), -1);
        float person = -1;
        for (Example example : examples) {
            float score = meaning.similarity(example.meaning());
            if (score > best.score()) {
                best = new Found(example.intent(), score);
            }
            if (isPerson(example.intent())) {
                person = Math.max(person, score);
            }
        }
        Optional<Intent> named = named(words);
        return named.isPresent() && person >= best.score() - NAMED_MARGIN
                ? new Found(named.get(), Math.max(best.score(), SURE))
                : best;
    }

    private static boolean isPerson(Intent intent) {
        return intent.kind() == Kind.PERSON || intent.kind() == Kind.ANY_PERSON;
    }

    private Optional<Intent> named(String words) {
        for (int i = 0; i < house.people().size(); i++) {
            for (String name : names(house.people().get(i))) {
                if (Words.contain(words, withoutArticle(Words.of(name)))) {
                    return Optional.of(new Intent(Kind.PERSON, i));
                }
            }
        }
        return Optional.empty();
    }

    private static String withoutArticle(String name) {
        return name.replaceFirst("^(the|a|an) ", "");
    }
}
