package io.patchcord.provider.local.stt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.patchcord.provider.local.onnx.OnnxModel;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class MoonshineVocabularyTest {

    @Test
    void blankMarksByteTokensAndSpecials_becomeText() {
        MoonshineVocabulary vocabulary =
                MoonshineVocabulary.parse(file("<s>", "\u2581Hel", "lo", "<0xC3>", "<0xA9>", "<", ""));
        assertThat(vocabulary.decode(List.of(0, 1, 2, 3, 4, 5, 6))).isEqualTo("Hello\u00E9<");
    }

    @Test
    void lengthOfTwoBytes_isRead() {
        String longPiece = "x".repeat(300);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(128 + 300 % 128);
        out.write(300 / 128);
        out.writeBytes(longPiece.getBytes(StandardCharsets.UTF_8));
        out.writeBytes(file("y"));
        MoonshineVocabulary vocabulary = MoonshineVocabulary.parse(out.toByteArray());
        assertThat(vocabulary.decode(List.of(0, 1))).isEqualTo(longPiece + "y");
    }

    @Test
    void fileThatEndsWithinAPiece_isRefused() {
        assertThatThrownBy(() -> MoonshineVocabulary.parse(new byte[] {3, 'a', 'b'}))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("piece 0");
    }

    @Test
    void shippedFile_holdsAllTokens() {
        MoonshineVocabulary vocabulary =
                MoonshineVocabulary.parse(OnnxModel.read(MoonshineVocabulary.class, "tokenizer.bin"));
        assertThat(vocabulary.size()).isEqualTo(32_768);
        assertThat(vocabulary.decode(List.of(1, 15043, 29892, 3186, 29889, 2))).isEqualTo("Hello, world.");
    }

    private static byte[] file(String... pieces) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (String piece : pieces) {
            byte[] bytes = piece.getBytes(StandardCharsets.UTF_8);
            out.write(bytes.length);
            out.writeBytes(bytes);
        }
        return out.toByteArray();
    }
}
