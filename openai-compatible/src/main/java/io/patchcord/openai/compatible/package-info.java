/** Clients of servers that speak OpenAI's HTTP API: OpenAI itself, Ollama, llama.cpp, vLLM, LocalAI and others. */
@NullMarked
package io.patchcord.openai.compatible;

import org.jspecify.annotations.NullMarked;
