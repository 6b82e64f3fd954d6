package io.patchcord.provider.local.dialogue;

import io.patchcord.agent.spi.LlmEngine;
import io.patchcord.agent.spi.LlmRequest;
import io.patchcord.agent.spi.LlmSession;
import java.util.List;
import java.util.StringJoiner;
import java.util.concurrent.CompletableFuture;

/** A language model that is told what the receptionist knows. Owns the model. Thread-safe. */
final class InformedModel implements LlmEngine {

    private final LlmEngine model;
    private final String knowledge;

    InformedModel(LlmEngine model, House house) {
        this.model = model;
        this.knowledge = knowledge(house);
    }

    private static String knowledge(House house) {
        StringJoiner text = new StringJoiner("\n");
        text.add("You answer the telephone of " + house.name() + ". Your words are spoken: answer in one or two short"
                + " sentences of plain text. What you know of the house, and nothing else:");
        house.hours().ifPresent(hours -> text.add("- Opening hours: " + hours.sentence()));
        house.topics().forEach(topic -> text.add("- " + topic.name() + ": " + topic.answer()));
        house.people()
                .forEach(person -> text.add("- " + person.name() + ": transfer to extension " + person.extension()));
        return text.toString();
    }

    @Override
    public String description() {
        return model.description();
    }

    @Override
    public CompletableFuture<Void> check() {
        return model.check();
    }

    @Override
    public boolean goesOn() {
        return model.goesOn();
    }

    @Override
    public boolean readsKeys() {
        return model.readsKeys();
    }

    @Override
    public List<String> fixedSentences() {
        return model.fixedSentences();
    }

    @Override
    public String greeting() {
        return model.greeting();
    }

    @Override
    public LlmSession open(LlmRequest request) {
        String instructions =
                request.instructions().isBlank() ? knowledge : request.instructions() + "\n\n" + knowledge;
        return model.open(
                new LlmRequest(request.callId(), request.loop(), instructions, request.language(), request.tools()));
    }

    @Override
    public void close() {
        model.close();
    }
}
