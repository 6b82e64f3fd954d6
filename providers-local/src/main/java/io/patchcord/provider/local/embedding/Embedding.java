package io.patchcord.provider.local.embedding;

/** Where a sentence lies in the space of meanings: a direction. Immutable. */
public final class Embedding {

    private final float[] direction;

    /** Takes the array over and brings it to length 1. */
    Embedding(float[] vector) {
        double square = 0;
        for (float x : vector) {
            square += x * x;
        }
        float scale = square > 0 ? (float) (1 / Math.sqrt(square)) : 0;
        for (int i = 0; i < vector.length; i++) {
            vector[i] *= scale;
        }
        this.direction = vector;
    }

    /** How near the meanings are: 1 for the same, about 0 for what has nothing to do with each other. */
    public float similarity(Embedding other) {
        float sum = 0;
        for (int i = 0; i < direction.length; i++) {
            sum += direction[i] * other.direction[i];
        }
        return sum;
    }
}
