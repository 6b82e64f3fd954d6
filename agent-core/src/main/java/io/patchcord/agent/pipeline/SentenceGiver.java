package io.patchcord.agent.pipeline;

/**
 * Has the sentences that are due said by the session if it can, else by the spare voice while nobody else speaks. Confined to
 * the call loop.
 */
final class SentenceGiver {

    private final Standing standing;
    private final SpareVoice spareVoice;

    SentenceGiver(Standing standing, SpareVoice spareVoice) {
        this.standing = standing;
        this.spareVoice = spareVoice;
    }

    void giveTo(Connection connection) {
        if (connection.member().engine().capabilities().say()) {
            String sentence = standing.sentences().giveNext();
            while (sentence != null && connection.isReady()) {
                connection.session().say(sentence);
                sentence = standing.sentences().giveNext();
            }
        } else if (!standing.isResponding()) {
            String sentence = standing.sentences().takeNext();
            while (sentence != null) {
                standing.saidOtherwise(sentence);
                spareVoice.say(sentence, () -> {});
                sentence = standing.sentences().takeNext();
            }
        }
    }
}
