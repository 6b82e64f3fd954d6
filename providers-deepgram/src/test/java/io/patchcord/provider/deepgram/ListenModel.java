package io.patchcord.provider.deepgram;

/** The two versions of Listen, as far as a test need not tell them apart. */
enum ListenModel {
    NOVA("nova-3", "deepgram-listen-v1"),
    FLUX("flux-general-en", "deepgram-listen-v2");

    final String model;
    final String protocol;

    ListenModel(String model, String protocol) {
        this.model = model;
        this.protocol = protocol;
    }

    /** A message with words of the first turn, which goes on. */
    String words(String text) {
        return this == NOVA ? ListenMessages.interim(0, 1, text) : ListenMessages.turnInfo(0, 0, "StartOfTurn", text);
    }

    /** The message that ends the first turn, with all of its words. */
    String endOfTurn(String text) {
        return this == NOVA ? ListenMessages.speechFinal(0, 2, text) : ListenMessages.turnInfo(9, 0, "EndOfTurn", text);
    }
}
