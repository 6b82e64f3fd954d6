import com.dylibso.chicory.compiler.internal.Compiler;
import com.dylibso.chicory.wasm.Parser;
import com.dylibso.chicory.wasm.WasmModule;
import com.dylibso.chicory.wasm.types.ActiveDataSegment;
import com.dylibso.chicory.wasm.types.ActiveElement;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.objectweb.asm.commons.ClassRemapper;
import org.objectweb.asm.commons.CodeSizeEvaluator;
import org.objectweb.asm.commons.Remapper;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.InsnNode;
import org.objectweb.asm.tree.JumpInsnNode;
import org.objectweb.asm.tree.LookupSwitchInsnNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.MethodNode;
import org.objectweb.asm.tree.VarInsnNode;

/**
 * Makes JVM classes and a memory image of flite's WebAssembly module, at build time:
 * {@code java FliteBuild.java flite.wasm target/classes}.
 *
 * <p>Chicory's compiler translates the functions. What it emits is then changed, because it is its surroundings and not
 * the translated code that make it slow:
 *
 * <ul>
 *   <li>Functions get the names they have in flite (the module has a name section), so that they can be called by name,
 *       and so that profiles and stack traces can be read.
 *   <li>Memory is one array ({@code FliteMemory}) in place of Chicory's table of pages, and takes the place of its
 *       instance as well.
 *   <li>The test for interruption in every loop and call goes; a comparison and its branch become one instruction.
 *   <li>The functions named in {@link #REPLACED} get bodies of our own: {@code FliteHost}. Among them are those
 *       that HotSpot never compiles, as they are longer than 8,000 bytecodes ({@code dlmalloc} and {@code mlpg}), and one
 *       that it compiles late and badly ({@code mlsa_resynthesis}); another of the first kind fails the build.
 *   <li>What cannot be reached from {@link #ROOTS} goes, and so does the data of the other five voices.
 * </ul>
 *
 * <p>The module is pinned by its hash in the pom, so the addresses below cannot shift without the build failing first.
 */
public final class FliteBuild {

    private static final String PACKAGE = "io/patchcord/provider/local/tts/";
    private static final String FUNCTIONS = PACKAGE + "FliteFunctions";
    private static final String INDIRECT_CALLS = PACKAGE + "FliteIndirectCalls";
    private static final String MEMORY = PACKAGE + "FliteMemory";
    private static final String HOST = PACKAGE + "FliteHost";
    private static final String CHICORY_RUNTIME = "com/dylibso/chicory/runtime/";

    /** What EmbeddedFlite and ParameterSmoothing call. */
    private static final Set<String> ROOTS = Set.of(
            "flite_init", "register_cmu_us_rms", "new_utterance", "utt_set_input_text", "utt_init", "utt_synth",
            "new_track", "cst_track_resize");

    /** Bodies of these are taken from FliteHost, under the same names. */
    private static final Set<String> REPLACED = Set.of(
            "malloc", "calloc", "free", "mlpg", "mlsa_resynthesis",
            "strcmp", "strlen", "memcpy", "memmove", "memset", "exp", "log", "pow");

    /** Longer than what HotSpot compiles, and known not to matter: a few calls a word. */
    private static final Set<String> LONG_BUT_RARE = Set.of("printf_core");

    private static final int LONGEST_COMPILED = 8_000;

    /**
     * What is kept of the module's read-only data, as [from, to): strings; the voice rms; English and its lexicon. Between
     * them lie, in the order in which they were linked, kal, awb_time, kal16, awb, and slt. The addresses are those of
     * the variables in the module's DWARF sections: cmu_us_kal_diphone.c starts at 172048, cmu_us_rms at 10551152,
     * cmu_us_slt at 13541120, us_phoneset.c at 16094752.
     */
    private static final int[][] KEPT_DATA = {{0, 172_048}, {10_551_152, 13_541_120}, {16_094_752, Integer.MAX_VALUE}};

    private final WasmModule module;
    private final String[] names;
    private final int[] table;

    private FliteBuild(WasmModule module) {
        this.module = module;
        this.names = functionNames(module);
        this.table = functionTable(module);
    }

    public static void main(String[] arguments) throws IOException {
        FliteBuild build = new FliteBuild(Parser.parse(Path.of(arguments[0])));
        Path folder = Files.createDirectories(Path.of(arguments[1]).resolve(PACKAGE));
        Map<String, ClassNode> classes = build.compile();
        removeUnreached(classes);
        for (ClassNode node : classes.values()) {
            requireCompilable(node);
            ClassWriter writer = new ClassWriter(ClassWriter.COMPUTE_MAXS);
            node.accept(writer);
            Files.write(folder.resolve(node.name.substring(PACKAGE.length()) + ".class"), writer.toByteArray());
        }
        build.writeImage(folder.resolve("flite.image"));
    }

    private Map<String, ClassNode> compile() {
        String scratch = "FliteScratch";
        Map<String, String> classNames =
                Map.of(scratch, INDIRECT_CALLS, scratch + "FuncGroup_0", FUNCTIONS, scratch + "Shaded", MEMORY);
        Remapper remapper = new Remapper(Opcodes.ASM9) {
            @Override
            public String map(String name) {
                boolean memoryOrInstance =
                        name.startsWith(CHICORY_RUNTIME) && !name.equals(CHICORY_RUNTIME + "OpcodeImpl");
                return memoryOrInstance ? MEMORY : classNames.getOrDefault(name, name);
            }

            @Override
            public String mapMethodName(String owner, String name, String descriptor) {
                return name.startsWith("func_") ? names[Integer.parseInt(name.substring("func_".length()))] : name;
            }
        };
        Map<String, byte[]> compiled =
                Compiler.builder(module).withClassName(scratch).build().compile().classBytes();
        Map<String, ClassNode> result = new HashMap<>();
        for (String name : List.of(scratch, scratch + "FuncGroup_0")) {
            ClassNode node = new ClassNode();
            new ClassReader(compiled.get(name)).accept(new ClassRemapper(node, remapper), 0);
            node.access &= ~Opcodes.ACC_PUBLIC;
            node.interfaces.clear();
            node.fields.clear();
            node.methods.removeIf(method -> method.name.equals("<init>") || method.name.equals("call"));
            for (MethodNode method : node.methods) {
                if (REPLACED.contains(method.name)) {
                    forwardToHost(method);
                } else {
                    simplify(method);
                    keepTabledCases(method);
                }
            }
            result.put(node.name, node);
        }
        return result;
    }

    /** The last two parameters are both the memory, as it stands for the instance as well; the host wants it once. */
    private static void forwardToHost(MethodNode method) {
        Type[] parameters = Type.getArgumentTypes(method.desc);
        Type[] forwarded = Arrays.copyOf(parameters, parameters.length - 1);
        Type result = Type.getReturnType(method.desc);
        method.instructions.clear();
        method.tryCatchBlocks.clear();
        method.localVariables = null;
        int slot = 0;
        for (Type parameter : forwarded) {
            method.instructions.add(new VarInsnNode(parameter.getOpcode(Opcodes.ILOAD), slot));
            slot += parameter.getSize();
        }
        String descriptor = Type.getMethodDescriptor(result, forwarded);
        method.instructions.add(new MethodInsnNode(Opcodes.INVOKESTATIC, HOST, method.name, descriptor, false));
        method.instructions.add(new InsnNode(result.getOpcode(Opcodes.IRETURN)));
    }

    private static void simplify(MethodNode method) {
        AbstractInsnNode next;
        for (AbstractInsnNode node = method.instructions.getFirst(); node != null; node = next) {
            next = node.getNext();
            if (!(node instanceof MethodInsnNode call)) {
                continue;
            }
            if (call.owner.equals(MEMORY) && call.name.equals("checkInterruption")) {
                method.instructions.remove(call);
            } else if (next instanceof JumpInsnNode jump) {
                int branch = branchFor(call, jump.getOpcode());
                if (branch != 0) {
                    method.instructions.remove(call);
                    jump.setOpcode(branch);
                }
            }
        }
    }

    /** The one instruction that does the work of a signed comparison and the test of its outcome, or 0. */
    private static int branchFor(MethodInsnNode comparison, int test) {
        if (test != Opcodes.IFEQ && test != Opcodes.IFNE) {
            return 0;
        }
        boolean ifTrue = test == Opcodes.IFNE;
        return switch (comparison.name) {
            case "I32_EQZ" -> ifTrue ? Opcodes.IFEQ : Opcodes.IFNE;
            case "I32_EQ" -> ifTrue ? Opcodes.IF_ICMPEQ : Opcodes.IF_ICMPNE;
            case "I32_NE" -> ifTrue ? Opcodes.IF_ICMPNE : Opcodes.IF_ICMPEQ;
            case "I32_LT_S" -> ifTrue ? Opcodes.IF_ICMPLT : Opcodes.IF_ICMPGE;
            case "I32_GE_S" -> ifTrue ? Opcodes.IF_ICMPGE : Opcodes.IF_ICMPLT;
            case "I32_GT_S" -> ifTrue ? Opcodes.IF_ICMPGT : Opcodes.IF_ICMPLE;
            case "I32_LE_S" -> ifTrue ? Opcodes.IF_ICMPLE : Opcodes.IF_ICMPGT;
            default -> 0;
        };
    }

    /** An indirect call has a case for every function of its type; only those in the table can be called that way. */
    private void keepTabledCases(MethodNode method) {
        for (AbstractInsnNode node : method.instructions) {
            if (!(node instanceof LookupSwitchInsnNode cases) || !method.name.startsWith("call_indirect")) {
                continue;
            }
            for (int i = cases.keys.size() - 1; i >= 0; i--) {
                int function = cases.keys.get(i);
                if (Arrays.stream(table).noneMatch(tabled -> tabled == function)) {
                    cases.keys.remove(i);
                    removeToReturn(method, cases.labels.remove(i));
                }
            }
        }
    }

    private static void removeToReturn(MethodNode method, AbstractInsnNode from) {
        AbstractInsnNode node = from;
        int opcode;
        do {
            AbstractInsnNode next = node.getNext();
            opcode = node.getOpcode();
            method.instructions.remove(node);
            node = next;
        } while (opcode < Opcodes.IRETURN || opcode > Opcodes.RETURN);
    }

    /** Removes what no chain of calls from the roots leads to. An indirect call leads to every function of its type. */
    private static void removeUnreached(Map<String, ClassNode> classes) {
        Map<String, MethodNode> methods = new HashMap<>();
        for (ClassNode node : classes.values()) {
            node.methods.forEach(method -> methods.put(node.name + "." + method.name, method));
        }
        Set<String> reached = new HashSet<>();
        Deque<String> open = new ArrayDeque<>();
        ROOTS.forEach(root -> open.add(FUNCTIONS + "." + root));
        while (!open.isEmpty()) {
            String key = open.remove();
            if (!reached.add(key)) {
                continue;
            }
            MethodNode method = methods.get(key);
            if (method == null) {
                throw new IllegalStateException("the module has no function " + key);
            }
            for (AbstractInsnNode node : method.instructions) {
                if (node instanceof MethodInsnNode call && classes.containsKey(call.owner)) {
                    open.add(call.owner + "." + call.name);
                }
            }
        }
        classes.values().forEach(node -> node.methods.removeIf(method -> !reached.contains(node.name + "." + method.name)));
    }

    private static void requireCompilable(ClassNode node) {
        for (MethodNode method : node.methods) {
            CodeSizeEvaluator size = new CodeSizeEvaluator(null);
            method.accept(size);
            if (size.getMaxSize() > LONGEST_COMPILED && !LONG_BUT_RARE.contains(method.name)) {
                throw new IllegalStateException(method.name + " has up to " + size.getMaxSize()
                        + " bytecodes; HotSpot compiles no method above " + LONGEST_COMPILED
                        + ". Replace it in FliteHost, or name it in LONG_BUT_RARE.");
            }
        }
    }

    /** Stack pointer, start of the variables, function table, and the kept pieces of memory; read by FliteImage. */
    private void writeImage(Path file) throws IOException {
        try (DataOutputStream out = new DataOutputStream(Files.newOutputStream(file))) {
            int stackPointer = (int) module.globalSection().globals()[0].initInstructions().get(0).operand(0);
            out.writeInt(stackPointer);
            out.writeInt(startOfVariables());
            out.writeInt(table.length);
            for (int function : table) {
                out.writeInt(function);
            }
            List<Piece> pieces = keptPieces();
            out.writeInt(pieces.size());
            for (Piece piece : pieces) {
                out.writeInt(piece.address());
                out.writeInt(piece.bytes().length);
                out.write(piece.bytes());
            }
        }
    }

    /** The module has two data segments: what is only read, and then what is written too. */
    private int startOfVariables() {
        return startOf((ActiveDataSegment) module.dataSection().dataSegments()[1]);
    }

    private static int startOf(ActiveDataSegment segment) {
        return (int) segment.offsetInstructions().get(0).operand(0);
    }

    private record Piece(int address, byte[] bytes) {}

    private List<Piece> keptPieces() {
        List<Piece> pieces = new ArrayList<>();
        for (var segment : module.dataSection().dataSegments()) {
            ActiveDataSegment data = (ActiveDataSegment) segment;
            int start = startOf(data);
            int end = start + data.data().length;
            for (int[] kept : KEPT_DATA) {
                int from = Math.max(start, kept[0]);
                int to = Math.min(end, kept[1]);
                if (from < to) {
                    pieces.add(new Piece(from, Arrays.copyOfRange(data.data(), from - start, to - start)));
                }
            }
        }
        return pieces;
    }

    private static String[] functionNames(WasmModule module) {
        int count = module.importSection().importCount() + module.functionSection().functionCount();
        String[] names = new String[count];
        Set<String> taken = new HashSet<>();
        for (int i = 0; i < count; i++) {
            String name = String.valueOf(module.nameSection().nameOfFunction(i)).replaceAll("[^A-Za-z0-9_]", "_");
            names[i] = taken.add(name) ? name : name + "_" + i;
        }
        return names;
    }

    private static int[] functionTable(WasmModule module) {
        int[] table = new int[(int) module.tableSection().getTable(0).limits().min()];
        Arrays.fill(table, -1);
        for (var element : module.elementSection().elements()) {
            ActiveElement active = (ActiveElement) element;
            int index = (int) active.offset().get(0).operand(0);
            for (var initializer : active.initializers()) {
                table[index++] = (int) initializer.get(0).operand(0);
            }
        }
        return table;
    }
}
