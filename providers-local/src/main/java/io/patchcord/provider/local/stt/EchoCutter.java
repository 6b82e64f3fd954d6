package io.patchcord.provider.local.stt;

import java.util.List;

/**
 * Takes back what the decoder says when it is caught in a loop: the same tokens over and over, until the limit stops it. What
 * ended by itself must not be given to it, for people do say "five five five". Stateless.
 */
final class EchoCutter {

    private static final int LONGEST_ECHO = 32;
    private static final int REPEATS = 3;

    private EchoCutter() {}

    /** The tokens, with a phrase that ends them three times or more left in once. */
    static List<Integer> withoutEcho(List<Integer> tokens) {
        for (int length = 1; length <= LONGEST_ECHO; length++) {
            int repeats = repeatsAtEnd(tokens, length);
            if (repeats >= REPEATS) {
                return tokens.subList(0, tokens.size() - (repeats - 1) * length);
            }
        }
        return tokens;
    }

    private static int repeatsAtEnd(List<Integer> tokens, int length) {
        int same = 0;
        for (int i = tokens.size() - 1; i >= length; i--) {
            if (!tokens.get(i).equals(tokens.get(i - length))) {
                break;
            }
            same++;
        }
        return tokens.size() < length ? 0 : 1 + same / length;
    }
}
