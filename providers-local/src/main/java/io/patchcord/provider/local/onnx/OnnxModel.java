package io.patchcord.provider.local.onnx;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtLoggingLevel;
import ai.onnxruntime.OrtSession;
import io.patchcord.agent.spi.ProviderException;
import io.patchcord.agent.spi.ProviderException.Kind;
import java.io.IOException;
import java.io.InputStream;

/**
 * Loads ONNX models that lie beside a class in the jar. A session made here is shared by all calls and runs each inference
 * on the thread that asks for it. Thread-safe.
 */
public final class OnnxModel {

    private OnnxModel() {}

    /**
     * The runtime of this process.
     *
     * @throws ProviderException of kind CONFIGURATION if there is no native library for this platform
     */
    public static OrtEnvironment environment() {
        try {
            return OrtEnvironment.getEnvironment(OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR, "patchcord");
        } catch (UnsatisfiedLinkError | ExceptionInInitializerError | NoClassDefFoundError e) {
            throw new ProviderException(
                    Kind.CONFIGURATION,
                    "onnxruntime has no native library here for " + System.getProperty("os.name") + " "
                            + System.getProperty("os.arch") + ", or its temporary directory "
                            + System.getProperty("java.io.tmpdir")
                            + " does not allow to load one: put the full com.microsoft.onnxruntime:onnxruntime jar on the class"
                            + " path, or set -Djava.io.tmpdir to a directory that is not mounted noexec",
                    e);
        }
    }

    /**
     * Loads the model.
     *
     * @param resource name of the file beside the class
     * @throws ProviderException if the file is not there or no model
     */
    public static OrtSession load(Class<?> beside, String resource) {
        OrtEnvironment environment = environment();
        try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
            options.setIntraOpNumThreads(1);
            options.setInterOpNumThreads(1);
            // Each utterance has another length, so a remembered pattern of allocations would never fit again. The
            // arena stays:
            // without it, recognition costs three times the CPU.
            options.setMemoryPatternOptimization(false);
            return environment.createSession(read(beside, resource), options);
        } catch (OrtException e) {
            throw new ProviderException(
                    Kind.INTERNAL, "the model " + resource + " cannot be loaded: " + e.getMessage(), e);
        }
    }

    /**
     * The bytes of a file beside the class.
     *
     * @throws ProviderException if it is not there
     */
    public static byte[] read(Class<?> beside, String resource) {
        try (InputStream in = beside.getResourceAsStream(resource)) {
            if (in == null) {
                throw new ProviderException(
                        Kind.INTERNAL,
                        beside.getPackageName().replace('.', '/') + "/" + resource
                                + " is not in the jar: build providers-local with Maven, which fetches the models");
            }
            return in.readAllBytes();
        } catch (IOException e) {
            throw new ProviderException(Kind.INTERNAL, resource + " cannot be read: " + e.getMessage(), e);
        }
    }
}
