package io.patchcord.provider.local.dialogue;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchcord.provider.local.dialogue.Intent.Kind;
import java.time.Clock;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ReceptionistDialogueTest {

    private static final House HOUSE = HouseFile.parse("""
            house: The Mill
            greeting: The Mill, hello.
            hours: {timezone: UTC, monday: 9-17}
            topics:
              - {name: bread, phrases: [bread], answer: Fresh bread on Fridays., key: 5}
            people:
              - {name: the miller, extension: 600}
              - {name: the bakery, extension: 601, key: 7}
            not-understood: [First., Second.]
            give-up: {after: 3, say: I give up., extension: 602}
            """, "mill.yaml");

    private static final String CONFIRM =
            "Let me read that back. Two sacks, please. From Anna Berg. The number is 5 5 5, 1 2 3 4. Is that right?";

    private static final String BAKERY = "One moment, please. I am putting you through to the bakery.";

    private Conversation call;

    @BeforeEach
    void open() {
        call = newCall("hang_up", "transfer", "take_message");
    }

    @AfterEach
    void close() {
        call.ends();
    }

    private static Conversation newCall(String... tools) {
        return new Conversation(HOUSE, tools)
                .meaning("bread?", Kind.TOPIC, 0)
                .meaning("opening hours?", Kind.HOURS, 0)
                .meaning("hours on Tuesday?", Kind.HOURS, 0)
                .meaning("open now?", Kind.OPEN_NOW, 0)
                .meaning("the bakery", Kind.PERSON, 1)
                .meaning("a person", Kind.ANY_PERSON, 0)
                .meaning("message", Kind.MESSAGE, 0)
                .meaning("robot?", Kind.ROBOT, 0)
                .vagueMeaning("something about the bakery", Kind.PERSON, 1)
                .vagueMeaning("somebody or other", Kind.ANY_PERSON, 0)
                .vagueMeaning("I will be late", Kind.FAREWELL, 0);
    }

    @Test
    void questions_areAnsweredFromTheFile() {
        call.says("bread?", "Fresh bread on Fridays.")
                .says("opening hours?", HOUSE.hours().orElseThrow().sentence())
                .says("hours on Tuesday?", "No, we are closed on Tuesday.")
                .says("open now?", "Yes, we are open now. We close at 5 pm.");
    }

    @Test
    void repeat_saysTheLastAnswerAgain() {
        call.says("Pardon?", "The Mill, hello.")
                .says("bread?", "Fresh bread on Fridays.")
                .says("Pardon?", "Fresh bread on Fridays.")
                .says("nonsense", "First.")
                .says("Pardon?", "Fresh bread on Fridays.");
    }

    @Test
    void farewell_isSaidBeforeTheCallEnds() {
        call.says("Okay, goodbye.", "Thank you for calling. Goodbye.", "hang_up{}");
    }

    @Test
    void nothingMore_endsTheCall() {
        call.says("Thank you.", Phrases.WELCOME).says("No, thanks.", Phrases.GOODBYE, "hang_up{}");
    }

    @Test
    void noAndYes_withoutAQuestion_askOnwards() {
        call.says("Yes.", Phrases.WHAT_CAN_I_DO)
                .says("No.", Phrases.ALL_RIGHT)
                .says("No.", Phrases.GOODBYE, "hang_up{}");
    }

    @Test
    void person_isNamedBeforeTheTransfer() {
        call.says("the bakery", BAKERY, "transfer{destination=601}")
                .says(
                        "a person",
                        "One moment, please. I am putting you through to the miller.",
                        "transfer{destination=600}")
                .toolSays("Not done: no", Phrases.NOT_DONE);
    }

    @Test
    void vagueWishForSomebody_isAskedBackBeforeTheTransfer() {
        call.says("something about the bakery", "Would you like to speak to the bakery?")
                .says("Pardon?", "Would you like to speak to the bakery?")
                .says("Yes, please.", BAKERY, "transfer{destination=601}");
        newCall("transfer")
                .says("somebody or other", "Would you like to speak to a person?")
                .says("No.", Phrases.WHAT_CAN_I_DO)
                .says("somebody or other", "Would you like to speak to a person?")
                .says("bread?", "Fresh bread on Fridays.")
                .says("Yes.", Phrases.WHAT_CAN_I_DO)
                .ends();
    }

    @Test
    void vagueWishForSomebody_isNotAskedBackWhereNobodyCanBeReached() {
        newCall().says("something about the bakery", Phrases.NO_TRANSFER).ends();
    }

    @Test
    void vagueFarewell_doesNotEndTheCall() {
        call.says("I will be late", Phrases.ANYTHING_ELSE).says("No.", Phrases.GOODBYE, "hang_up{}");
    }

    @Test
    void thirdFailureInARow_givesUp() {
        call.says("nonsense", "First.")
                .says("nonsense", "Second.")
                .says("bread?", "Fresh bread on Fridays.")
                .says("nonsense", "First.")
                .says("nonsense", "Second.")
                .says("nonsense", "I give up.", "transfer{destination=602}");
    }

    @Test
    void keys_areThoseOfTheFile_andZeroIsAPerson() {
        call.presses('5', "Fresh bread on Fridays.")
                .presses('7', BAKERY, "transfer{destination=601}")
                .presses(
                        '0', "One moment, please. I am putting you through to the miller.", "transfer{destination=600}")
                .pressesInVain("1#*A");
    }

    @Test
    void robot_isAdmitted() {
        call.says(
                "robot?",
                "I am an automated assistant, not a person. I can tell you about our opening hours, bread. I can also take a"
                        + " message, or put you through to a person.");
    }

    @Test
    void message_isTakenStepByStep() {
        call.says("message", Phrases.ASK_MESSAGE)
                .says("Two sacks, please.", Phrases.ASK_NAME)
                .says("My name is Anna Berg.", Phrases.ASK_NUMBER)
                .says("Five five five, one two three four.", CONFIRM)
                .says("Pardon?", CONFIRM)
                .says(
                        "Yes, that's right.",
                        Phrases.NOTED,
                        "take_message{callback=5551234, message=Two sacks, please., name=Anna Berg}")
                .toolSays("The message has been noted.", Phrases.ANYTHING_ELSE)
                .says("No.", Phrases.GOODBYE, "hang_up{}");
    }

    @Test
    void number_canBeKeyedIn() {
        call.says("message", Phrases.ASK_MESSAGE)
                .says("Two sacks, please.", Phrases.ASK_NAME)
                .says("Anna Berg", Phrases.ASK_NUMBER)
                .pressesInVain("5551234")
                .presses('#', CONFIRM);
    }

    @Test
    void whatIsNotGiven_isAskedForOnce_andThenLeftOut() {
        call.says("message", Phrases.ASK_MESSAGE)
                .says("Call me", Phrases.ASK_NAME)
                .says("Yes.", Phrases.ASK_NAME_AGAIN)
                .says("Yes.", Phrases.ASK_NUMBER)
                .says("one", Phrases.ASK_NUMBER_AGAIN)
                .says("They have it.", "Let me read that back. Call me. Is that right?")
                .says("Well I am not so sure", Phrases.YES_OR_NO)
                .says("Whatever it was", Phrases.NOTED, "take_message{message=Call me}");
    }

    @Test
    void wrongMessage_isTakenAnew_orNotAtAll() {
        call.says("message", Phrases.ASK_MESSAGE)
                .says("Two sacks, please.", Phrases.ASK_NAME)
                .says("Anna Berg", Phrases.ASK_NUMBER)
                .says("555 1234", CONFIRM)
                .says("No, that's wrong.", Phrases.ASK_MESSAGE_AGAIN)
                .says("Never mind.", Phrases.ALL_RIGHT)
                .says("bread?", "Fresh bread on Fridays.");
    }

    @Test
    void withoutTools_nothingIsPromised() {
        Conversation plain = newCall();
        plain.says("message", Phrases.NO_MESSAGES)
                .says("a person", Phrases.NO_TRANSFER)
                .says("x", "First.")
                .says("x", "Second.")
                .says("x", "First.")
                .says("Bye.", Phrases.GOODBYE)
                .ends();
    }

    @Test
    void discardedAnswer_takesTheDialogueBack() {
        call.says("message", Phrases.ASK_MESSAGE)
                .ask("Two sacks")
                .hears(Phrases.ASK_NAME)
                .discards()
                .says("Two sacks, please.", Phrases.ASK_NAME)
                .ask("Anna")
                .discards()
                .hearsNothing()
                .says("Anna Berg", Phrases.ASK_NUMBER)
                .says("555 1234", CONFIRM);
    }

    @Test
    void discardedAnswerToAKey_isGivenNextTime() {
        call.says("bread?", "Fresh bread on Fridays.")
                .presses('7', BAKERY, "transfer{destination=601}")
                .discardsKey()
                .says("um", BAKERY, "transfer{destination=601}");
    }

    @Test
    void everythingButMessages_isAmongTheFixedSentences() {
        List<String> fixed = new Receptionist(HOUSE, Clock.systemUTC()).sentences();

        assertThat(fixed)
                .contains("The Mill, hello.", Phrases.ASK_NAME, "First.", "I give up.", "Fresh bread on Fridays.")
                .contains(BAKERY)
                .contains("No, we are closed on Tuesday.", "Yes, we are open now. We close at 5 pm.")
                .doesNotHaveDuplicates();
    }
}
