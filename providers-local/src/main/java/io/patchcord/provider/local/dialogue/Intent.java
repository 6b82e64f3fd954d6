package io.patchcord.provider.local.dialogue;

/**
 * What a caller wants.
 *
 * @param index of the topic or the person, 0 for the other kinds
 */
record Intent(Kind kind, int index) {

    enum Kind {
        HOURS,
        OPEN_NOW,
        TOPIC,
        PERSON,
        ANY_PERSON,
        MESSAGE,
        REPEAT,
        FAREWELL,
        GREETING,
        THANKS,
        YES,
        NO,
        ROBOT,
        ABILITIES,
        UNKNOWN
    }

    static Intent of(Kind kind) {
        return new Intent(kind, 0);
    }
}
