package io.patchcord.provider.local.dialogue;

import io.patchcord.provider.local.dialogue.Intent.Kind;
import java.util.Optional;
import java.util.regex.Pattern;

/** What is understood word for word, without a model. Stateless. */
final class PlainWords {

    private static final String FILLERS =
            "(?:(?:um|uh|uhm|er|erm|hm|well|so|oh|ah|okay|ok|hi|hello|hey|good morning|good afternoon|good evening|please"
                    + "|excuse me|and|but|then|alright|all right|right|great|perfect|good)\\b\\s*)*";

    private static final Pattern LEADING_FILLERS = Pattern.compile("^" + FILLERS);
    private static final Pattern GREETING =
            Pattern.compile("(?:hi|hello|hey|good (?:morning|afternoon|evening|day))(?: there)?");
    private static final Pattern THANKS = Pattern.compile(
            FILLERS + "(?:thanks|thank you|cheers)(?: (?:a lot|very much|so much|for that|for your help|then))*");
    private static final Pattern YES = Pattern.compile(FILLERS
            + "(?:yes|yeah|yep|yup|sure|correct|exactly|right|of course|okay|ok|please do|yes please|that's right|that is right"
            + "|that's correct|that is correct|it is|i do)(?: (?:yes|please|that's right|that is right|that's correct"
            + "|that is correct|it is|correct|i do|thank you|thanks|there is))*");
    private static final Pattern NO = Pattern.compile(FILLERS
            + "(?:no|nope|nah|not really|no thanks|no thank you|wrong|that's wrong|that is wrong|not quite)"
            + "(?: (?:no|thanks|thank you|that's wrong|that is wrong|that's not right|that is not right|it's not|it is not"
            + "|it isn't|not correct|i don't|i do not))*");
    private static final Pattern NOTHING_MORE = Pattern.compile(FILLERS
            + "(?:(?:no|nope|thanks|thank you)\\b\\s*)*(?:that's|that is|that was|that'll be|that will be)"
            + " (?:all|it|everything)(?: (?:thanks|thank you|for now|for today|then|i need|i needed))*"
            + "|(?:(?:no|nope)\\b\\s*)?nothing(?: (?:else|more|thanks|thank you))*");
    /** The recognition writes it as "good-by" as well, which is only one at the end: "is it good by Monday". */
    private static final Pattern GOODBYE = Pattern.compile(
            ".*\\b(?:goodbye|good bye|bye|by by|good night)\\b.{0,20}|(?:.*\\b)?(?:goodby|good by)(?: (?:then|now))?");

    private static final Pattern REPEAT = Pattern.compile(FILLERS
            + "(?:sorry|pardon|pardon me|what|what was that|i beg your pardon|repeat|again|come again|say again|say that again"
            + "|repeat that|can you repeat that|could you repeat that|one more time)(?: (?:please|again|sorry|what))*");
    private static final Pattern CANCEL = Pattern.compile(FILLERS
            + "(?:(?:no|sorry|actually)\\b\\s*)*(?:never mind|nevermind|cancel|cancel that|cancel it|forget it|forget that"
            + "|forget about it|stop|leave it|no message)(?: (?:please|thanks|thank you|then))*");

    private PlainWords() {}

    /** What the words mean if they are among those that need no model. */
    static Optional<Intent> intent(String words) {
        Kind kind = kind(words);
        return kind == Kind.UNKNOWN ? Optional.empty() : Optional.of(Intent.of(kind));
    }

    private static Kind kind(String words) {
        if (GREETING.matcher(words).matches()) {
            return Kind.GREETING;
        } else if (REPEAT.matcher(words).matches()) {
            return Kind.REPEAT;
        } else if (THANKS.matcher(words).matches()) {
            return Kind.THANKS;
        } else if (YES.matcher(words).matches()) {
            return Kind.YES;
        } else if (NO.matcher(words).matches()) {
            return Kind.NO;
        } else if (NOTHING_MORE.matcher(words).matches()
                || GOODBYE.matcher(words).matches()) {
            return Kind.FAREWELL;
        }
        return Kind.UNKNOWN;
    }

    static boolean isCancel(String words) {
        return CANCEL.matcher(words).matches();
    }

    /** Without what people say before they say something; all of it if nothing else is there. */
    static String withoutFillers(String words) {
        String rest = LEADING_FILLERS.matcher(words).replaceFirst("").strip();
        return rest.isEmpty() ? words : rest;
    }
}
