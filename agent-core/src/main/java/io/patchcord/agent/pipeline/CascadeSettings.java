package io.patchcord.agent.pipeline;

import io.patchcord.agent.turn.Endpointer;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/**
 * How a cascade listens, how long it waits for its parts, and what it says when one of them fails. Immutable; made by
 * {@link #builder}, or {@link #defaults}.
 */
public final class CascadeSettings {

    private final float speechThreshold;
    private final float silenceThreshold;
    private final Duration speechConfirmation;
    private final Duration preRoll;
    private final Duration pause;
    private final Duration shortestSpeech;
    private final Duration longestPart;
    private final Duration longestTurn;
    private final Endpointer.Waits waits;
    private final boolean prepareAnswers;
    private final Deadlines deadlines;
    private final Phrases phrases;
    private final int failuresToGiveUp;
    private final boolean recognisesAgain;

    private CascadeSettings(Builder builder) {
        this.speechThreshold = builder.speechThreshold;
        this.silenceThreshold = builder.silenceThreshold;
        this.speechConfirmation = builder.speechConfirmation;
        this.preRoll = builder.preRoll;
        this.pause = builder.pause;
        this.shortestSpeech = builder.shortestSpeech;
        this.longestPart = builder.longestPart;
        this.longestTurn = builder.longestTurn;
        this.waits = builder.waits;
        this.prepareAnswers = builder.prepareAnswers;
        this.deadlines = builder.deadlines;
        this.phrases = builder.phrases;
        this.failuresToGiveUp = builder.failuresToGiveUp;
        this.recognisesAgain = builder.recognisesAgain;
    }

    public static CascadeSettings defaults() {
        return builder().build();
    }

    public static Builder builder() {
        return new Builder();
    }

    /** These, to be changed. */
    public Builder toBuilder() {
        Builder builder = new Builder();
        builder.speechThreshold = speechThreshold;
        builder.silenceThreshold = silenceThreshold;
        builder.speechConfirmation = speechConfirmation;
        builder.preRoll = preRoll;
        builder.pause = pause;
        builder.shortestSpeech = shortestSpeech;
        builder.longestPart = longestPart;
        builder.longestTurn = longestTurn;
        builder.waits = waits;
        builder.prepareAnswers = prepareAnswers;
        builder.deadlines = deadlines;
        builder.phrases = phrases;
        builder.failuresToGiveUp = failuresToGiveUp;
        builder.recognisesAgain = recognisesAgain;
        return builder;
    }

    /** From this probability on a window is speech. */
    public float speechThreshold() {
        return speechThreshold;
    }

    /** Below this probability a window within speech is silence. */
    public float silenceThreshold() {
        return silenceThreshold;
    }

    /** How much speech makes a beginning; less is a blip. */
    public Duration speechConfirmation() {
        return speechConfirmation;
    }

    /** How much audio before the first speech is recognised with it. */
    public Duration preRoll() {
        return preRoll;
    }

    /** The silence after which the caller has paused, and recognition begins on trial. */
    public Duration pause() {
        return pause;
    }

    /** Less speech than this is no utterance. */
    public Duration shortestSpeech() {
        return shortestSpeech;
    }

    /** Longer utterances are recognised in parts. */
    public Duration longestPart() {
        return longestPart;
    }

    /** After this time a turn is over, whether or not the caller pauses. */
    public Duration longestTurn() {
        return longestTurn;
    }

    /** The silences that end a turn. */
    public Endpointer.Waits waits() {
        return waits;
    }

    /** Whether an answer is prepared while it is not yet sure that the turn is over. */
    public boolean prepareAnswers() {
        return prepareAnswers;
    }

    public Deadlines deadlines() {
        return deadlines;
    }

    public Phrases phrases() {
        return phrases;
    }

    /** Whether a recogniser that failed is tried again: with the same segment, or with a new stream. */
    public boolean recognisesAgain() {
        return recognisesAgain;
    }

    int mostStreamFailures() {
        return recognisesAgain ? SttStream.MOST_FAILURES : 1;
    }

    /** After this many failures of one part in a row the session gives up. */
    public int failuresToGiveUp() {
        return failuresToGiveUp;
    }

    /**
     * How long each part may take.
     *
     * @param transcript from the end of a segment to its words
     * @param firstText from the question to the first words of the answer
     * @param nextText between two pieces of an answer
     * @param nextAudio from one piece of a clause's audio to the next, and to the first one
     * @param detector how much audio the voice activity detector may be behind
     */
    public record Deadlines(
            Duration transcript, Duration firstText, Duration nextText, Duration nextAudio, Duration detector) {

        Deadlines withTranscript(Duration other) {
            return new Deadlines(other, firstText, nextText, nextAudio, detector);
        }

        Deadlines withNextAudio(Duration other) {
            return new Deadlines(transcript, firstText, nextText, other, detector);
        }

        /** 5 s each, 8 s for the first words of an answer. */
        public static final Deadlines USUAL = new Deadlines(
                Duration.ofSeconds(5),
                Duration.ofSeconds(8),
                Duration.ofSeconds(5),
                Duration.ofSeconds(5),
                Duration.ofSeconds(5));
    }

    /**
     * What the caller hears instead of an answer.
     *
     * @param busy when a part is too busy
     * @param trouble when a part fails
     * @param notUnderstood when speech was heard but no words were understood
     * @param farewell when the session gives up; may be empty, when somebody else can go on
     */
    public record Phrases(String busy, String trouble, String notUnderstood, String farewell) {

        public static final Phrases ENGLISH = new Phrases(
                "I'm sorry, I am very busy right now. Please say that again in a moment.",
                "I'm sorry, something went wrong. Could you say that again?",
                "Sorry, I did not understand that. Could you say it again?",
                "I'm sorry, I cannot go on with this call. Please try again later.");

        /** Without a farewell. */
        Phrases withoutFarewell() {
            return new Phrases(busy, trouble, notUnderstood, "");
        }

        /** All of them, to be rendered at start. */
        public List<String> all() {
            return Stream.of(busy, trouble, notUnderstood, farewell)
                    .filter(phrase -> !phrase.isBlank())
                    .toList();
        }
    }

    /** Collects settings; each has a default. */
    public static final class Builder {

        private float speechThreshold = 0.5f;
        private float silenceThreshold = 0.35f;
        private Duration speechConfirmation = Duration.ofMillis(90);
        private Duration preRoll = Duration.ofMillis(400);
        private Duration pause = Duration.ofMillis(200);
        private Duration shortestSpeech = Duration.ofMillis(250);
        private Duration longestPart = Duration.ofSeconds(10);
        private Duration longestTurn = Duration.ofSeconds(60);
        private Endpointer.Waits waits = Endpointer.Waits.USUAL;
        private boolean prepareAnswers = true;
        private Deadlines deadlines = Deadlines.USUAL;
        private Phrases phrases = Phrases.ENGLISH;
        private int failuresToGiveUp = 2;
        private boolean recognisesAgain = true;

        private Builder() {}

        /**
         * The probabilities from which on a window is speech, and below which it is silence.
         *
         * @param speech 0.5 unless set
         * @param silence 0.35 unless set; not above the one for speech
         */
        public Builder thresholds(double speech, double silence) {
            if (silence < 0 || silence > speech || speech > 1) {
                throw new IllegalArgumentException("thresholds " + speech + " for speech and " + silence
                        + " for silence: give 0 <= silence <= speech <= 1");
            }
            this.speechThreshold = (float) speech;
            this.silenceThreshold = (float) silence;
            return this;
        }

        /** 90 ms unless set. */
        public Builder speechConfirmation(Duration duration) {
            this.speechConfirmation = duration;
            return this;
        }

        /** 400 ms unless set. */
        public Builder preRoll(Duration duration) {
            this.preRoll = duration;
            return this;
        }

        /** 200 ms unless set. */
        public Builder pause(Duration duration) {
            this.pause = duration;
            return this;
        }

        /** 250 ms unless set. */
        public Builder shortestSpeech(Duration duration) {
            this.shortestSpeech = duration;
            return this;
        }

        /** 10 s unless set. */
        public Builder longestPart(Duration duration) {
            this.longestPart = duration;
            return this;
        }

        /** 60 s unless set. */
        public Builder longestTurn(Duration duration) {
            this.longestTurn = duration;
            return this;
        }

        /** {@link Endpointer.Waits#USUAL} unless set. */
        public Builder waits(Endpointer.Waits waits) {
            this.waits = waits;
            return this;
        }

        /** On unless set. */
        public Builder prepareAnswers(boolean prepareAnswers) {
            this.prepareAnswers = prepareAnswers;
            return this;
        }

        /** {@link Deadlines#USUAL} unless set. */
        public Builder deadlines(Deadlines deadlines) {
            this.deadlines = deadlines;
            return this;
        }

        /** {@link Phrases#ENGLISH} unless set. */
        public Builder phrases(Phrases phrases) {
            this.phrases = phrases;
            return this;
        }

        /** 2 unless set. */
        public Builder failuresToGiveUp(int failures) {
            if (failures < 1) {
                throw new IllegalArgumentException(failures + " failures to give up: give at least 1");
            }
            this.failuresToGiveUp = failures;
            return this;
        }

        /** On unless set; of no use where another recogniser stands in. */
        public Builder recognisesAgain(boolean again) {
            this.recognisesAgain = again;
            return this;
        }

        public CascadeSettings build() {
            return new CascadeSettings(this);
        }
    }
}
