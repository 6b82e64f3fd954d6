package io.patchcord.app.config;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Finds what somebody meant who mistyped a word. */
final class NearMiss {

    private NearMiss() {}

    /** The known word that is at most a slip or two away: one in a short word, two in a longer one. */
    static Optional<String> of(String word, Collection<String> known) {
        int tolerance = word.length() < 6 ? 1 : 2;
        return known.stream()
                .filter(candidate -> Math.abs(candidate.length() - word.length()) <= tolerance)
                .filter(candidate -> distance(word, candidate) <= tolerance)
                .min(Comparator.<String>comparingInt(candidate -> distance(word, candidate))
                        .thenComparing(Comparator.naturalOrder()));
    }

    /** "a", "b or c", "x, y or z", and a guess if one of them is near. */
    static String alternatives(String word, List<String> words) {
        if (words.isEmpty()) {
            return "nothing: this jar has none";
        }
        int last = words.size() - 1;
        String list = last == 0 ? words.get(0) : String.join(", ", words.subList(0, last)) + " or " + words.get(last);
        return of(word, words)
                .map(guess -> list + "; did you mean " + guess + "?")
                .orElse(list);
    }

    /** Insertions, deletions, substitutions and swaps of neighbours that lead from one word to the other. */
    static int distance(String from, String to) {
        int[][] cost = new int[from.length() + 1][to.length() + 1];
        for (int i = 0; i <= from.length(); i++) {
            for (int j = 0; j <= to.length(); j++) {
                cost[i][j] = i == 0 ? j : j == 0 ? i : cheapest(cost, from, to, i, j);
            }
        }
        return cost[from.length()][to.length()];
    }

    private static int cheapest(int[][] cost, String from, String to, int i, int j) {
        int replace = cost[i - 1][j - 1] + (from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1);
        int best = Math.min(replace, Math.min(cost[i - 1][j], cost[i][j - 1]) + 1);
        boolean swapped =
                i > 1 && j > 1 && from.charAt(i - 1) == to.charAt(j - 2) && from.charAt(i - 2) == to.charAt(j - 1);
        return swapped ? Math.min(best, cost[i - 2][j - 2] + 1) : best;
    }
}
