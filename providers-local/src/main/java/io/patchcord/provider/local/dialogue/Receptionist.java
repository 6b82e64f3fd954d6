package io.patchcord.provider.local.dialogue;

import io.patchcord.provider.local.dialogue.Intent.Kind;
import io.patchcord.provider.local.dialogue.State.Draft;
import io.patchcord.provider.local.dialogue.State.Step;
import java.time.Clock;
import java.time.DayOfWeek;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Knows what to say and do to what a caller wants. Immutable, thread-safe. */
final class Receptionist {

    static final String TRANSFER = "transfer";
    static final String HANG_UP = "hang_up";

    private final House house;
    private final Clock clock;

    Receptionist(House house, Clock clock) {
        this.house = house;
        this.clock = clock;
    }

    /** Answers what the caller seems to want; asks first when it would end the call and is not sure. */
    Reply answer(State state, IntentFinder.Found found, String text, Set<String> tools) {
        boolean sure = found.score() >= IntentFinder.SURE;
        return switch (found.intent().kind()) {
            case PERSON, ANY_PERSON ->
                sure || !tools.contains(TRANSFER)
                        ? answer(state, found.intent(), text, tools)
                        : Reply.of(isItThat(found.intent()), state.offering(found.intent()));
            case FAREWELL ->
                sure
                        ? answer(state, found.intent(), text, tools)
                        : Reply.of(Phrases.ANYTHING_ELSE, state.with(Step.ANYTHING_ELSE, Draft.NONE));
            default -> answer(state, found.intent(), text, tools);
        };
    }

    private String isItThat(Intent intent) {
        String whom = intent.kind() == Kind.PERSON
                ? house.people().get(intent.index()).name()
                : "a person";
        return Phrases.isItThat(whom);
    }

    /** Answers what the caller wants. */
    Reply answer(State state, Intent intent, String text, Set<String> tools) {
        State open = state.with(Step.NOTHING, Draft.NONE);
        State asked = state.with(Step.ANYTHING_ELSE, Draft.NONE);
        return switch (intent.kind()) {
            case HOURS, OPEN_NOW -> hours(open, intent.kind() == Kind.OPEN_NOW, text);
            case TOPIC -> Reply.of(house.topics().get(intent.index()).answer(), open);
            case PERSON -> putThrough(asked, house.people().get(intent.index()), tools);
            case ANY_PERSON -> anyPerson(asked, tools);
            case MESSAGE ->
                tools.contains(MessageTaking.TOOL) ? MessageTaking.begin(state) : Reply.of(Phrases.NO_MESSAGES, asked);
            case REPEAT -> Reply.of(state.said(), state);
            case FAREWELL -> goodbye(open, tools);
            case GREETING -> Reply.of(Phrases.HELLO, open);
            case THANKS -> Reply.of(Phrases.WELCOME, asked);
            case YES ->
                state.step() == Step.IS_IT_THAT
                        ? answer(open, state.offered(), text, tools)
                        : Reply.of(Phrases.WHAT_CAN_I_DO, open);
            case NO ->
                switch (state.step()) {
                    case ANYTHING_ELSE -> goodbye(open, tools);
                    case IS_IT_THAT -> Reply.of(Phrases.WHAT_CAN_I_DO, open);
                    default -> Reply.of(Phrases.ALL_RIGHT, asked);
                };
            case ROBOT -> Reply.of(robot(), open);
            case ABILITIES -> Reply.of(abilities(), open);
            case UNKNOWN -> notUnderstood(state.failed(), tools);
        };
    }

    /** The caller pressed a key that {@link #knows}. */
    Reply key(State state, char key, Set<String> tools) {
        for (int i = 0; i < house.topics().size(); i++) {
            if (house.topics().get(i).key().equals(Optional.of(key))) {
                return answer(state, new Intent(Kind.TOPIC, i), "", tools);
            }
        }
        for (int i = 0; i < house.people().size(); i++) {
            if (house.people().get(i).key().equals(Optional.of(key))) {
                return answer(state, new Intent(Kind.PERSON, i), "", tools);
            }
        }
        return answer(state, Intent.of(Kind.ANY_PERSON), "", tools);
    }

    /** Whether the key means something. */
    boolean knows(char key) {
        Optional<Character> pressed = Optional.of(key);
        return key == '0'
                || house.topics().stream().anyMatch(topic -> topic.key().equals(pressed))
                || house.people().stream().anyMatch(person -> person.key().equals(pressed));
    }

    /** Goes on after a tool. */
    Reply afterTool(State state, String result) {
        String text = result.startsWith("Not done") ? Phrases.NOT_DONE : Phrases.ANYTHING_ELSE;
        return Reply.of(text, state.with(Step.ANYTHING_ELSE, Draft.NONE));
    }

    /** Nothing was asked. */
    Reply atALoss(State state) {
        return Reply.of(Phrases.WHAT_CAN_I_DO, state);
    }

    private Reply hours(State state, boolean now, String text) {
        if (house.hours().isEmpty()) {
            return Reply.of(Phrases.NO_HOURS, state.with(Step.ANYTHING_ELSE, Draft.NONE));
        }
        OpeningHours hours = house.hours().get();
        ZonedDateTime moment = clock.instant().atZone(hours.zone());
        if (now) {
            return Reply.of(hours.now(moment), state);
        }
        Optional<DayOfWeek> day = SpokenDay.in(Words.of(text), moment.getDayOfWeek());
        return Reply.of(day.map(hours::sentence).orElseGet(hours::sentence), state);
    }

    private Reply anyPerson(State state, Set<String> tools) {
        if (!house.people().isEmpty()) {
            return putThrough(state, house.people().get(0), tools);
        }
        String extension = house.giveUp().extension();
        return extension.isEmpty() || !tools.contains(TRANSFER)
                ? Reply.of(Phrases.NO_TRANSFER, state)
                : Reply.of(puttingThrough("a colleague"), state, TRANSFER, Map.of("destination", extension));
    }

    private static Reply putThrough(State state, Person person, Set<String> tools) {
        return tools.contains(TRANSFER)
                ? Reply.of(puttingThrough(person.name()), state, TRANSFER, Map.of("destination", person.extension()))
                : Reply.of(Phrases.NO_TRANSFER, state);
    }

    private static String puttingThrough(String name) {
        return Phrases.ONE_MOMENT + "I am putting you through to " + name + ".";
    }

    private static Reply goodbye(State state, Set<String> tools) {
        return tools.contains(HANG_UP)
                ? Reply.of(Phrases.GOODBYE, state, HANG_UP, Map.of())
                : Reply.of(Phrases.GOODBYE, state);
    }

    private Reply notUnderstood(State state, Set<String> tools) {
        House.GiveUp giveUp = house.giveUp();
        if (state.failures() >= giveUp.after() && !giveUp.extension().isEmpty() && tools.contains(TRANSFER)) {
            State anew = state.with(Step.ANYTHING_ELSE, Draft.NONE);
            return Reply.of(giveUp.say(), anew, TRANSFER, Map.of("destination", giveUp.extension()));
        }
        List<String> sentences = house.notUnderstood();
        return new Reply(sentences.get((state.failures() - 1) % sentences.size()), Optional.empty(), state);
    }

    private String robot() {
        return "I am an automated assistant, not a person. " + abilities();
    }

    private String abilities() {
        List<String> things = new ArrayList<>();
        house.hours().ifPresent(hours -> things.add("our opening hours"));
        house.topics().forEach(topic -> things.add(topic.name()));
        String first =
                things.isEmpty() ? "I can " : "I can tell you about " + String.join(", ", things) + ". I can also ";
        return first
                + (house.people().isEmpty() ? "take a message." : "take a message, or put you through to a person.");
    }

    /** All that it ever says, but for messages that are read back. */
    List<String> sentences() {
        Set<String> all = new LinkedHashSet<>();
        all.add(house.greeting());
        house.hours().ifPresentOrElse(hours -> all.add(hours.sentence()), () -> all.add(Phrases.NO_HOURS));
        house.topics().forEach(topic -> all.add(topic.answer()));
        all.addAll(house.notUnderstood());
        all.add(house.giveUp().say());
        if (house.people().isEmpty()) {
            all.add(puttingThrough("a colleague"));
        }
        all.add(Phrases.isItThat("a person"));
        house.people().forEach(person -> all.add(Phrases.isItThat(person.name())));
        house.people().forEach(person -> all.add(puttingThrough(person.name())));
        all.addAll(Phrases.FIXED);
        all.add(robot());
        house.hours().ifPresent(hours -> all.addAll(hours.sentences()));
        return List.copyOf(all);
    }
}
