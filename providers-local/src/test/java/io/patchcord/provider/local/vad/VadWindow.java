package io.patchcord.provider.local.vad;

/** What the detector said of a window. */
public record VadWindow(float probability, long endSample) {}
