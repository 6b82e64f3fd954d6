package io.patchcord.provider.local.tts;

import com.dylibso.chicory.compiler.MachineFactoryCompiler;
import com.dylibso.chicory.runtime.HostFunction;
import com.dylibso.chicory.runtime.ImportValues;
import com.dylibso.chicory.runtime.Instance;
import com.dylibso.chicory.runtime.Machine;
import com.dylibso.chicory.runtime.Memory;
import com.dylibso.chicory.wasm.Parser;
import com.dylibso.chicory.wasm.WasmModule;
import com.dylibso.chicory.wasm.types.FunctionImport;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;

/** The npm module as it comes, on Chicory as it comes: what our translation is compared with. Slow. */
final class ReferenceFlite {

    private final WasmModule module;
    private final Function<Instance, Machine> machineFactory;
    private final Map<String, Integer> functions = new HashMap<>();

    ReferenceFlite(Path wasm) {
        module = Parser.parse(wasm);
        machineFactory = MachineFactoryCompiler.compile(module);
        int count =
                module.importSection().importCount() + module.functionSection().functionCount();
        for (int i = 0; i < count; i++) {
            functions.putIfAbsent(module.nameSection().nameOfFunction(i), i);
        }
    }

    /** The whole waveform, from a fresh instance. */
    short[] speak(String text) {
        Instance instance = Instance.builder(module)
                .withImportValues(noFiles())
                .withMachineFactory(machineFactory)
                .withStart(false)
                .build();
        Memory memory = instance.memory();
        call(instance, "flite_init");
        int voice = call(instance, "register_cmu_us_rms", 0);
        int address = call(instance, "malloc", text.length() + 1);
        memory.writeCString(address, text);
        int utterance = call(instance, "new_utterance");
        call(instance, "utt_set_input_text", utterance, address);
        call(instance, "utt_init", utterance, voice);
        call(instance, "utt_synth", utterance);
        int wave = call(instance, "utt_wave", utterance);
        short[] samples = new short[memory.readInt(wave + 8)];
        int start = memory.readInt(wave + 16);
        for (int i = 0; i < samples.length; i++) {
            samples[i] = memory.readShort(start + 2 * i);
        }
        return samples;
    }

    private int call(Instance instance, String function, long... arguments) {
        long[] result = instance.getMachine().call(functions.get(function), arguments);
        return result == null || result.length == 0 ? 0 : (int) result[0];
    }

    private ImportValues noFiles() {
        ImportValues.Builder imports = ImportValues.builder();
        for (int i = 0; i < module.importSection().importCount(); i++) {
            FunctionImport wanted = (FunctionImport) module.importSection().getImport(i);
            imports.addFunction(new HostFunction(
                    wanted.module(),
                    wanted.name(),
                    module.typeSection().getType(wanted.typeIndex()),
                    (instance, arguments) -> new long[] {8}));
        }
        return imports.build();
    }
}
