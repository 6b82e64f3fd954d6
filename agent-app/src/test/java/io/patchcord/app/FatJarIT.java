package io.patchcord.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The jars as they are installed. */
class FatJarIT {

    private static final long MOST_BYTES = 150_000_000;
    private static final long MOST_BYTES_OF_A_SERVICE = 20_000_000;

    @ParameterizedTest
    @ValueSource(strings = {"agent-app-local.jar", "agent-app-openai.jar", "agent-app-deepgram.jar", "agent-app.jar"})
    void jar_isSmallEnough_andStartsByItself(String name) throws IOException {
        Path file = Path.of("target", name);

        assertThat(Files.size(file)).isLessThan(MOST_BYTES);
        try (JarFile jar = new JarFile(file.toFile())) {
            Attributes manifest = jar.getManifest().getMainAttributes();
            assertThat(manifest.getValue("Main-Class")).isEqualTo("io.patchcord.app.Main");
            assertThat(manifest.getValue("Multi-Release")).isEqualTo("true");
            assertThat(manifest.getValue("Enable-Native-Access")).isEqualTo("ALL-UNNAMED");
            assertThat(manifest.getValue("Implementation-Version")).isNotBlank();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"agent-app-local.jar", "agent-app.jar"})
    void jar_holdsNativesOfLinuxOnly_andNoSignatures(String name) throws IOException {
        List<String> entries = entries(name);

        assertThat(entries).contains("ai/onnxruntime/native/linux-x64/libonnxruntime.so");
        assertThat(entries).contains("ai/onnxruntime/native/linux-aarch64/libonnxruntime.so");
        assertThat(entries)
                .noneMatch(entry -> entry.matches("(?i).*\\.(dll|dylib|jnilib|sf|rsa|dsa)|.*\\.dSYM.*"))
                .noneMatch(entry -> entry.matches("com/sun/jna/(?!linux-x86-64|linux-aarch64)[a-z]+-.*"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"agent-app-local.jar", "agent-app-openai.jar", "agent-app-deepgram.jar", "agent-app.jar"})
    void licences_areThere_andNameEverythingThatTheJarHolds(String name) throws IOException {
        try (JarFile jar = new JarFile(Path.of("target", name).toFile())) {
            String thirdParty = text(jar, "META-INF/THIRD-PARTY.txt");
            assertThat(text(jar, "META-INF/LICENSE")).contains("Apache License");
            assertThat(text(jar, "META-INF/NOTICE")).contains("Jackson");
            Pattern group = Pattern.compile("META-INF/maven/([^/]+)/.+");
            assertThat(entries(name).stream()
                            .map(group::matcher)
                            .filter(java.util.regex.Matcher::matches)
                            .map(match -> match.group(1))
                            .filter(id -> !id.equals("io.patchcord"))
                            .distinct())
                    .isNotEmpty()
                    .allSatisfy(id -> assertThat(thirdParty).contains(id));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"local", "openai", "deepgram"})
    void jarOfOneProvider_holdsNoOther(String provider) throws IOException {
        List<String> others = Stream.of("local", "openai", "deepgram")
                .filter(other -> !other.equals(provider))
                .map(other -> "io/patchcord/provider/" + other + "/")
                .toList();

        assertThat(entries("agent-app-" + provider + ".jar"))
                .anyMatch(entry -> entry.startsWith("io/patchcord/provider/" + provider + "/"))
                .noneMatch(entry -> others.stream().anyMatch(entry::startsWith));
    }

    @ParameterizedTest
    @ValueSource(strings = {"agent-app-openai.jar", "agent-app-deepgram.jar"})
    void jarOfAService_holdsNoModelsAndNoNatives(String name) throws IOException {
        assertThat(Files.size(Path.of("target", name))).isLessThan(MOST_BYTES_OF_A_SERVICE);
        assertThat(entries(name))
                .noneMatch(entry -> entry.matches(".*\\.(onnx|ort|so|bin|wasm|dat)"))
                .noneMatch(entry -> entry.startsWith("ai/onnxruntime/"))
                .noneMatch(entry -> entry.startsWith("com/dylibso/"))
                .noneMatch(entry -> entry.startsWith("com/sun/jna/"));
    }

    @Test
    void jarOfTheLocalProvider_holdsNoWebSockets() throws IOException {
        assertThat(entries("agent-app-local.jar"))
                .noneMatch(entry -> entry.startsWith("io/patchcord/provider/socket/"))
                .noneMatch(entry -> entry.startsWith("io/netty/handler/codec/http/"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"openai", "deepgram"})
    void jarOfAService_namesItsOwnProvidersOnly(String provider) throws IOException {
        try (JarFile jar =
                new JarFile(Path.of("target", "agent-app-" + provider + ".jar").toFile())) {
            List<String> services = jar.stream()
                    .map(ZipEntry::getName)
                    .filter(entry -> entry.startsWith("META-INF/services/io.patchcord.agent.spi."))
                    .toList();
            assertThat(services).isNotEmpty();
            for (String service : services) {
                assertThat(text(jar, service).lines().filter(line -> !line.isBlank()))
                        .allMatch(line -> line.startsWith("io.patchcord.provider." + provider + "."));
            }
        }
    }

    private static List<String> entries(String name) throws IOException {
        try (JarFile jar = new JarFile(Path.of("target", name).toFile())) {
            return jar.stream().map(ZipEntry::getName).toList();
        }
    }

    private static String text(JarFile jar, String entry) throws IOException {
        return new String(jar.getInputStream(jar.getEntry(entry)).readAllBytes(), StandardCharsets.UTF_8);
    }
}
