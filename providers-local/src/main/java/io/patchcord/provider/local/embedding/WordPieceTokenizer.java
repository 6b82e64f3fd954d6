package io.patchcord.provider.local.embedding;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Cuts English text into the word pieces of BERT's uncased vocabulary: lower case, without accents, punctuation apart, and then
 * always the longest piece that fits. Immutable.
 */
final class WordPieceTokenizer {

    private static final int MAX_TOKENS = 128;
    private static final int MAX_WORD_LENGTH = 100;

    private final Map<String, Integer> vocabulary;
    private final int start;
    private final int end;
    private final int unknown;

    private WordPieceTokenizer(Map<String, Integer> vocabulary) {
        this.vocabulary = vocabulary;
        this.start = id("[CLS]");
        this.end = id("[SEP]");
        this.unknown = id("[UNK]");
    }

    private int id(String piece) {
        Integer id = vocabulary.get(piece);
        if (id == null) {
            throw new IllegalArgumentException("the vocabulary has no " + piece);
        }
        return id;
    }

    /**
     * Reads the vocabulary out of a {@code tokenizer.json}.
     *
     * @throws IllegalArgumentException if there is none in it
     */
    static WordPieceTokenizer parse(byte[] tokenizerJson) {
        Map<String, Integer> vocabulary = new HashMap<>(50_000);
        try (JsonParser parser = new JsonFactory().createParser(tokenizerJson)) {
            while (parser.nextToken() != null) {
                if ("vocab".equals(parser.currentName()) && parser.currentToken() == JsonToken.START_OBJECT) {
                    readPieces(parser, vocabulary);
                }
            }
        } catch (IOException e) {
            throw new IllegalArgumentException("tokenizer.json cannot be read", e);
        }
        return new WordPieceTokenizer(vocabulary);
    }

    private static void readPieces(JsonParser parser, Map<String, Integer> vocabulary) throws IOException {
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String piece = parser.currentName();
            parser.nextToken();
            vocabulary.put(piece, parser.getIntValue());
        }
    }

    /** The ids of the text's pieces between the marks of start and end; what is too long is cut off. */
    long[] ids(String text) {
        List<Integer> ids = new ArrayList<>();
        ids.add(start);
        for (String word : words(text)) {
            addPieces(word, ids);
        }
        int count = Math.min(ids.size(), MAX_TOKENS - 1);
        long[] result = new long[count + 1];
        for (int i = 0; i < count; i++) {
            result[i] = ids.get(i);
        }
        result[count] = end;
        return result;
    }

    private static List<String> words(String text) {
        List<String> words = new ArrayList<>();
        StringBuilder word = new StringBuilder();
        Normalizer.normalize(text.toLowerCase(Locale.ROOT), Normalizer.Form.NFD)
                .codePoints()
                .filter(c -> Character.getType(c) != Character.NON_SPACING_MARK)
                .forEach(c -> {
                    if (Character.isLetterOrDigit(c)) {
                        word.appendCodePoint(c);
                        return;
                    }
                    endWord(word, words);
                    if (!Character.isWhitespace(c) && !Character.isISOControl(c)) {
                        words.add(Character.toString(c));
                    }
                });
        endWord(word, words);
        return words;
    }

    private static void endWord(StringBuilder word, List<String> words) {
        if (!word.isEmpty()) {
            words.add(word.toString());
            word.setLength(0);
        }
    }

    private void addPieces(String word, List<Integer> ids) {
        int before = ids.size();
        int from = 0;
        while (from < word.length() && word.length() <= MAX_WORD_LENGTH) {
            int to = longestPiece(word, from);
            if (to == from) {
                break;
            }
            ids.add(id(piece(word, from, to)));
            from = to;
        }
        if (from < word.length()) {
            ids.subList(before, ids.size()).clear();
            ids.add(unknown);
        }
    }

    private int longestPiece(String word, int from) {
        int to = word.length();
        while (to > from && !vocabulary.containsKey(piece(word, from, to))) {
            to--;
        }
        return to;
    }

    private static String piece(String word, int from, int to) {
        String letters = word.substring(from, to);
        return from == 0 ? letters : "##" + letters;
    }
}
