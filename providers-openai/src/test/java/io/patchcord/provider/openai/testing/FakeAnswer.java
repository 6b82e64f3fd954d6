package io.patchcord.provider.openai.testing;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** What a fake model answers: items of output, in their order. Immutable. */
public record FakeAnswer(List<Part> parts) {

    /** One item of output. */
    public sealed interface Part {}

    /** A message that is spoken. */
    public record Speech(String text) implements Part {}

    /** A function call. The arguments are text, as a model may make them. */
    public record Call(String name, String arguments) implements Part {}

    public FakeAnswer {
        parts = List.copyOf(parts);
    }

    /** Each text is a message of its own. */
    public static FakeAnswer says(String... texts) {
        return new FakeAnswer(Stream.of(texts).<Part>map(Speech::new).toList());
    }

    public static FakeAnswer calls(String name, String arguments) {
        return new FakeAnswer(List.of(new Call(name, arguments)));
    }

    /** This, and then the other. */
    public FakeAnswer and(FakeAnswer other) {
        List<Part> both = new ArrayList<>(parts);
        both.addAll(other.parts);
        return new FakeAnswer(both);
    }
}
