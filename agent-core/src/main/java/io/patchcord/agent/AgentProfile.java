package io.patchcord.agent;

import io.patchcord.agent.turn.BargeInPolicy;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How an agent behaves in its calls, apart from the provider that does the talking. Immutable; made by {@link #builder}.
 */
public final class AgentProfile {

    private final String name;
    private final String instructions;
    private final Optional<String> greeting;
    private final String language;
    private final Optional<String> voice;
    private final String notConfigured;
    private final BargeInPolicy bargeIn;
    private final Duration maxDuration;

    private AgentProfile(Builder builder) {
        this.name = builder.name;
        this.instructions = builder.instructions;
        this.greeting = Optional.ofNullable(builder.greeting).filter(text -> !text.isBlank());
        this.language = builder.language;
        this.voice = Optional.ofNullable(builder.voice).filter(text -> !text.isBlank());
        this.notConfigured = builder.notConfigured;
        this.bargeIn = builder.bargeIn;
        this.maxDuration = builder.maxDuration;
    }

    /** The profile's name is what the dialplan may give as an argument. */
    public static Builder builder(String name) {
        return new Builder(name);
    }

    public String name() {
        return name;
    }

    /** What a language model is told about its task; empty for the provider's own. */
    public String instructions() {
        return instructions;
    }

    /** What is said first; empty for the provider's own greeting. */
    public Optional<String> greeting() {
        return greeting;
    }

    /** As a BCP 47 tag. */
    public String language() {
        return language;
    }

    /** The voice's name as the provider knows it; empty for its default. */
    public Optional<String> voice() {
        return voice;
    }

    /** What a caller hears whose dialplan names a provider or profile that this agent does not have. */
    public String notConfigured() {
        return notConfigured;
    }

    public BargeInPolicy bargeIn() {
        return bargeIn;
    }

    /** A call that lasts longer is ended. */
    public Duration maxDuration() {
        return maxDuration;
    }

    @Override
    public String toString() {
        return "AgentProfile[" + name + "]";
    }

    /** Everything has a default. */
    public static final class Builder {

        private final String name;
        private String instructions = "";
        private @Nullable String greeting;
        private String language = "en";
        private @Nullable String voice;
        private String notConfigured = "I'm sorry, this service is not set up yet.";
        private BargeInPolicy bargeIn = BargeInPolicy.DEFAULT;
        private Duration maxDuration = Duration.ofHours(2);

        private Builder(String name) {
            this.name = name;
        }

        public Builder instructions(String value) {
            instructions = value;
            return this;
        }

        public Builder greeting(@Nullable String value) {
            greeting = value;
            return this;
        }

        public Builder language(String value) {
            language = value;
            return this;
        }

        public Builder voice(@Nullable String value) {
            voice = value;
            return this;
        }

        public Builder notConfigured(String value) {
            notConfigured = value;
            return this;
        }

        public Builder bargeIn(BargeInPolicy value) {
            bargeIn = value;
            return this;
        }

        public Builder maxDuration(Duration value) {
            if (value.isNegative() || value.isZero()) {
                throw new IllegalArgumentException("maxDuration " + value + ": give more than zero");
            }
            maxDuration = value;
            return this;
        }

        public AgentProfile build() {
            return new AgentProfile(this);
        }
    }
}
