package io.patchcord.provider.local.embedding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.patchcord.provider.local.onnx.OnnxModel;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class SentenceEmbedderTest {

    private static final WordPieceTokenizer TOKENIZER =
            WordPieceTokenizer.parse(OnnxModel.read(SentenceEmbedder.class, "all-minilm-l6-v2-q-tokenizer.json"));

    @Test
    void words_areCutLikeBertDoes() {
        // The ids of bert-base-uncased for "[CLS] hello , world ! [SEP]", and for "un ##aff ##able" as its authors cut
        // it.
        assertThat(TOKENIZER.ids("Hello, World!")).containsExactly(101, 7592, 1010, 2088, 999, 102);
        assertThat(TOKENIZER.ids("unaffable")).containsExactly(101, 14477, 20961, 3468, 102);
    }

    @Test
    void accentsAndCase_makeNoDifference() {
        assertThat(TOKENIZER.ids("CAFÉ")).isEqualTo(TOKENIZER.ids("cafe"));
    }

    @Test
    void whatIsInNoVocabulary_isUnknown_andLongTextIsCut() {
        assertThat(TOKENIZER.ids("\uD83D\uDE42")).containsExactly(101, 100, 102);
        assertThat(TOKENIZER.ids("hello ".repeat(1000))).hasSize(128).endsWith(102);
        assertThat(TOKENIZER.ids("")).containsExactly(101, 102);
    }

    @Test
    void fileWithoutVocabulary_isRefused() {
        byte[] none = "{}".getBytes(StandardCharsets.UTF_8);

        assertThatThrownBy(() -> WordPieceTokenizer.parse(none)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void sentencesOfOneMeaning_areNear() {
        try (SentenceEmbedder embedder = new SentenceEmbedder()) {
            Embedding question = embedder.embed("when are you open");

            assertThat(question.similarity(embedder.embed("when are you open"))).isGreaterThan(0.999f);
            assertThat(question.similarity(embedder.embed("what are your opening hours")))
                    .isGreaterThan(0.6f);
            assertThat(question.similarity(embedder.embed("my chain is broken")))
                    .isLessThan(0.3f);
        }
    }
}
