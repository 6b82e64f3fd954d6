package io.patchcord.provider.local.dialogue;

import static java.util.Map.entry;

import java.util.List;
import java.util.Map;

/** What every receptionist says, and what callers say to every receptionist. */
final class Phrases {

    static final int FAILURES = 3;

    static final String ANYTHING_ELSE = "Is there anything else I can do for you?";
    static final String WHAT_CAN_I_DO = "What can I do for you?";
    static final String HELLO = "Hello. What can I do for you?";
    static final String WELCOME = "You are welcome. " + ANYTHING_ELSE;
    static final String ALL_RIGHT = "All right. " + ANYTHING_ELSE;
    static final String GOODBYE = "Thank you for calling. Goodbye.";
    static final String ONE_MOMENT = "One moment, please. ";
    static final String NO_TRANSFER = "I am sorry, I cannot put you through at the moment. " + ANYTHING_ELSE;
    static final String NO_HOURS = "I am sorry, I do not know the opening hours. " + ANYTHING_ELSE;
    static final String NOT_DONE = "I am sorry, that did not work. " + ANYTHING_ELSE;
    static final String GIVE_UP = "I am sorry, I cannot help you with that. I am putting you through to a colleague.";
    static final List<String> NOT_UNDERSTOOD = List.of(
            "Sorry, I did not understand that. Could you say it in other words?",
            "I am sorry, I still do not follow. Could you ask in a few simple words?");

    static final String NO_MESSAGES = "I am sorry, I cannot take messages on this line. " + ANYTHING_ELSE;
    static final String ASK_MESSAGE = "Of course. What is the message?";
    static final String ASK_MESSAGE_AGAIN = "Let us start again. What is the message?";
    static final String ASK_NAME = "Thank you. What is your name, please?";
    static final String ASK_NAME_AGAIN = "Sorry, I did not catch your name. Please say just your name.";
    static final String ASK_NUMBER = "Thank you. What number can we call you back on?";
    static final String ASK_NUMBER_AGAIN =
            "Sorry, I did not catch the number. Please say it digit by digit, or key it in and press the hash key.";
    static final String READ_BACK = "Let me read that back.";
    static final String IS_THAT_RIGHT = "Is that right?";
    static final String YES_OR_NO = "Please say yes or no. Is the message right?";
    static final String NOTED = "Thank you. I am passing that on.";

    /** Sentences that do not depend on the house. */
    static final List<String> FIXED = List.of(
            ANYTHING_ELSE,
            WHAT_CAN_I_DO,
            HELLO,
            WELCOME,
            ALL_RIGHT,
            GOODBYE,
            NO_TRANSFER,
            NOT_DONE,
            ASK_MESSAGE,
            ASK_MESSAGE_AGAIN,
            NO_MESSAGES,
            ASK_NAME,
            ASK_NAME_AGAIN,
            ASK_NUMBER,
            ASK_NUMBER_AGAIN,
            READ_BACK,
            IS_THAT_RIGHT,
            YES_OR_NO,
            NOTED);

    /** How callers say what has nothing to do with a particular house. */
    static final Map<Intent.Kind, List<String>> EXAMPLES = Map.ofEntries(
            entry(
                    Intent.Kind.HOURS,
                    List.of(
                            "what are your opening hours",
                            "when are you open",
                            "what time do you open",
                            "when do you close",
                            "what are your business hours",
                            "are you open on Saturday",
                            "are you open on weekends",
                            "can I come in on Thursday afternoon",
                            "how late are you open",
                            "on which days are you open",
                            "what hours do you work")),
            entry(
                    Intent.Kind.OPEN_NOW,
                    List.of(
                            "are you open now",
                            "are you still open",
                            "are you open at the moment",
                            "is the shop open right now",
                            "are you closed already")),
            entry(
                    Intent.Kind.ANY_PERSON,
                    List.of(
                            "I want to speak to a person",
                            "can I talk to someone",
                            "put me through to somebody",
                            "I would like to talk to a human",
                            "connect me with an employee",
                            "transfer me please",
                            "can I speak to the manager",
                            "I do not want to talk to a machine",
                            "get me a real person",
                            "a human being please",
                            "I need an agent",
                            "somebody else please",
                            "transfer this call to a colleague",
                            "connect me with someone who knows more")),
            entry(
                    Intent.Kind.MESSAGE,
                    List.of(
                            "I want to leave a message",
                            "can you take a message",
                            "can you tell him something from me",
                            "please pass on a message",
                            "please tell your colleague something",
                            "please ask somebody to call me back",
                            "I would like to be called back",
                            "can someone return my call",
                            "could you write something down for them")),
            entry(
                    Intent.Kind.REPEAT,
                    List.of(
                            "can you repeat that",
                            "say that again please",
                            "what did you say",
                            "I did not hear you",
                            "sorry I missed that",
                            "one more time please",
                            "could you speak more slowly")),
            entry(
                    Intent.Kind.FAREWELL,
                    List.of(
                            "goodbye",
                            "that is all thank you",
                            "that was everything",
                            "I have no more questions",
                            "have a nice day",
                            "I am going to hang up now",
                            "see you later",
                            "please end the call")),
            entry(
                    Intent.Kind.GREETING,
                    List.of("hello", "good morning", "how are you", "is anybody there", "can you hear me")),
            entry(
                    Intent.Kind.THANKS,
                    List.of(
                            "thank you very much",
                            "thanks for your help",
                            "that is very kind",
                            "great, that helps me")),
            entry(
                    Intent.Kind.ROBOT,
                    List.of(
                            "are you a robot",
                            "am I talking to a machine",
                            "are you a real person",
                            "are you human",
                            "do I speak to a human or a machine",
                            "are you a computer",
                            "is this an artificial intelligence",
                            "who am I speaking to")),
            entry(
                    Intent.Kind.ABILITIES,
                    List.of(
                            "what can you do",
                            "what can you help me with",
                            "what can I ask you",
                            "help",
                            "what are my options",
                            "what do you know")));

    /** How callers ask for somebody in particular. */
    static final List<String> FOR_PERSON =
            List.of("%s", "put me through to %s", "can I speak to %s please", "I need to talk to %s");

    private Phrases() {}

    static String isItThat(String whom) {
        return "Would you like to speak to " + whom + "?";
    }
}
