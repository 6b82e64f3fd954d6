package io.patchcord.agent.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchcord.agent.pipeline.Handover.Cut;
import io.patchcord.agent.pipeline.Handover.Plan;
import io.patchcord.agent.spi.ConversationItem;
import io.patchcord.agent.spi.ConversationItem.AgentSaid;
import io.patchcord.agent.spi.ConversationItem.CallerSaid;
import io.patchcord.agent.spi.S2sCapabilities;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What the next session does with what the last one left, by what was being said and by what the next one can. */
class HandoverTest {

    private static final FailoverSettings.Phrases PHRASES = FailoverSettings.Phrases.ENGLISH;
    private static final S2sCapabilities MODEL = new S2sCapabilities(true, true, true, true);
    private static final S2sCapabilities SCRIPT = new S2sCapabilities(true, true, true, false);

    private final ConversationItem question = new CallerSaid("when are you open");
    private final ConversationItem begun = new AgentSaid("we open", true);

    @Test
    void question_isAnswered() {
        Plan plan = plan(SCRIPT, List.of(question), List.of(), Optional.empty());

        assertThat(plan.items()).containsExactly(question);
        assertThat(plan.toSay()).isEmpty();
        assertThat(plan.awaitsAnswer()).isTrue();
    }

    @Test
    void answerThatWasHeard_isFollowedByNothing() {
        Plan plan = plan(MODEL, List.of(question, new AgentSaid("at nine", false)), List.of(), Optional.empty());

        assertThat(plan.awaitsAnswer()).isFalse();
        assertThat(plan.toSay()).isEmpty();
        assertThat(plan.asksToGoOn()).isFalse();
    }

    @Test
    void answerThatBrokeOff_isGoneOnWithByAModel() {
        Plan plan = plan(MODEL, List.of(question, begun), List.of(), cut("we open", " at nine"));

        assertThat(plan.items()).containsExactly(question, begun, new CallerSaid(PHRASES.goOn()));
        assertThat(plan.asksToGoOn()).isTrue();
        assertThat(plan.toSay()).isEmpty();
    }

    @Test
    void answerThatBrokeOff_whoseWordsAreKnown_isReadOutInstead_whereNobodyCanGoOn() {
        Plan plan = plan(SCRIPT, List.of(question, begun), List.of(), cut("we open", " at nine"));

        assertThat(plan.toSay()).containsExactly(" at nine");
        assertThat(plan.asksToGoOn()).isFalse();
    }

    @Test
    void answerThatBrokeOffInASentence_ofWhichNoMoreIsKnown_isApologisedFor() {
        Plan plan = plan(SCRIPT, List.of(question, begun), List.of(), cut("we open", ""));

        assertThat(plan.toSay()).containsExactly(PHRASES.cutOff());
    }

    @Test
    void answerThatBrokeOffAfterASentence_isLeftAsItIs() {
        Plan plan = plan(SCRIPT, List.of(question, begun), List.of(), cut("We open at nine.", ""));

        assertThat(plan.toSay()).isEmpty();
    }

    @Test
    void sentenceThatWasGiven_isSaidToItsEnd_whoeverIsNext_andThenThoseAfterIt() {
        Optional<Cut> cut = Optional.of(new Cut("you have", Optional.of("three messages"), ""));
        for (S2sCapabilities next : List.of(MODEL, SCRIPT)) {
            Plan plan = plan(next, List.of(begun), List.of("goodbye"), cut);

            assertThat(plan.toSay()).containsExactly("three messages", "goodbye");
            assertThat(plan.items()).containsExactly(begun);
        }
    }

    @Test
    void sentenceThatWasHeardToItsEnd_hasNoRest() {
        Plan plan = plan(MODEL, List.of(begun), List.of(), Optional.of(new Cut("goodbye", Optional.of(""), "")));

        assertThat(plan.toSay()).isEmpty();
        assertThat(plan.asksToGoOn()).isFalse();
    }

    @Test
    void questionThatNobodyKnows_isAskedForAgain() {
        Plan plan = new Handover(List.of(question, begun), List.of(), true, Optional.empty()).plan(MODEL, PHRASES);

        assertThat(plan.toSay()).containsExactly(PHRASES.cutOff());
    }

    private static Plan plan(
            S2sCapabilities next, List<ConversationItem> items, List<String> sentences, Optional<Cut> cut) {
        return new Handover(items, sentences, false, cut).plan(next, PHRASES);
    }

    private static Optional<Cut> cut(String heard, String told) {
        return Optional.of(new Cut(heard, Optional.empty(), told));
    }
}
