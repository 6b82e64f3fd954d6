import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Measures the turns of recorded calls: stereo WAVs with the caller on the left and the agent on the right, as
 * {@code call --stereo} writes them. Run by the script {@code turns} beside it.
 */
final class Turns {

    /** Speech from one second to another. */
    record Speech(double from, double to) {}

    /** What the caller said before the agent spoke again, and what the agent did about it. */
    record Turn(Speech said, Optional<Speech> interrupted, Optional<Speech> spokenOver, Optional<Speech> reply) {

        Optional<Double> latency() {
            return reply.map(r -> r.from() - said.to());
        }

        Optional<Double> stoppedAfter() {
            return interrupted.map(i -> i.to() - said.from());
        }

        @Override
        public String toString() {
            String line = seconds("caller %.2f to %.2f", said.from(), said.to());
            if (interrupted.isPresent()) {
                line += seconds(", interrupting an agent who spoke on for %.2f s", stoppedAfter().get());
            }
            if (spokenOver.isPresent()) {
                line += seconds(", spoken over by the agent from %.2f", spokenOver.get().from());
            }
            return line + (reply.isPresent()
                    ? seconds(", answered at %.2f: after %.2f s", reply.get().from(), latency().get())
                    : ", not answered");
        }
    }

    private static final int WINDOW_MS = 10;

    public static void main(String[] args) {
        try {
            measure(args);
        } catch (IOException | NumberFormatException | ArrayIndexOutOfBoundsException e) {
            System.err.println("turns: " + (e instanceof IOException ? e.getMessage() : "--level and --gap want a number"));
            System.exit(1);
        }
    }

    private static void measure(String[] args) throws IOException {
        double levelDb = -45;
        double gap = 0.3;
        List<String> files = new ArrayList<>();
        for (int i = 0; i < args.length; i++) {
            switch (args[i]) {
                case "--level" -> levelDb = Double.parseDouble(args[++i]);
                case "--gap" -> gap = Double.parseDouble(args[++i]);
                default -> files.add(args[i]);
            }
        }
        List<Double> latencies = new ArrayList<>();
        List<Double> stops = new ArrayList<>();
        List<Double> firstVoices = new ArrayList<>();
        int unanswered = 0;
        for (String file : files) {
            Wav wav = Wav.read(Path.of(file));
            List<Speech> caller = speech(wav, 0, levelDb, gap);
            List<Speech> agent = speech(wav, 1, levelDb, gap);
            System.out.println(seconds("%s: %.2f s", file, wav.seconds())
                    + (agent.isEmpty() ? ", agent silent" : seconds(", first voice of the agent at %.2f", agent.get(0).from())));
            agent.stream().findFirst().map(Speech::from).ifPresent(firstVoices::add);
            for (Turn turn : turns(caller, agent)) {
                System.out.println("  " + turn);
                turn.latency().ifPresent(latencies::add);
                turn.stoppedAfter().ifPresent(stops::add);
                unanswered += turn.reply().isEmpty() ? 1 : 0;
            }
        }
        System.out.println("first voice of the agent: " + summary(firstVoices));
        System.out.println("answers: " + summary(latencies) + (unanswered > 0 ? ", not answered: " + unanswered : ""));
        if (!stops.isEmpty()) {
            System.out.println("interruptions, from the caller's first sound to the agent's last: " + summary(stops));
        }
    }

    /** The stretches louder than a level, those with less than a gap between them taken as one. */
    static List<Speech> speech(Wav wav, int channel, double levelDb, double gap) {
        int window = wav.rate() * WINDOW_MS / 1000;
        double limit = 32768 * Math.pow(10, levelDb / 20);
        List<Speech> found = new ArrayList<>();
        for (int start = 0; start + window <= wav.frames(); start += window) {
            double sum = 0;
            for (int i = start; i < start + window; i++) {
                sum += Math.pow(wav.sample(i, channel), 2);
            }
            if (Math.sqrt(sum / window) > limit) {
                double from = (double) start / wav.rate();
                Speech last = found.isEmpty() ? null : found.get(found.size() - 1);
                boolean joins = last != null && from - last.to() < gap;
                if (joins) {
                    found.remove(last);
                }
                found.add(new Speech(joins ? last.from() : from, (double) (start + window) / wav.rate()));
            }
        }
        return found;
    }

    static List<Turn> turns(List<Speech> caller, List<Speech> agent) {
        List<Speech> said = new ArrayList<>();
        for (Speech next : caller) {
            Speech last = said.isEmpty() ? null : said.get(said.size() - 1);
            if (last != null && agent.stream().noneMatch(a -> a.from() >= last.from() && a.from() < next.from())) {
                said.set(said.size() - 1, new Speech(last.from(), next.to()));
            } else {
                said.add(next);
            }
        }
        List<Turn> turns = new ArrayList<>();
        for (int i = 0; i < said.size(); i++) {
            Speech turn = said.get(i);
            double until = i + 1 < said.size() ? said.get(i + 1).from() : Double.MAX_VALUE;
            turns.add(new Turn(
                    turn,
                    agent.stream().filter(a -> a.from() < turn.from() && a.to() > turn.from()).findFirst(),
                    agent.stream().filter(a -> a.from() >= turn.from() && a.from() < turn.to()).findFirst(),
                    agent.stream().filter(a -> a.from() >= turn.to() && a.from() < until).findFirst()));
        }
        return turns;
    }

    private static String summary(List<Double> values) {
        if (values.isEmpty()) {
            return "none";
        }
        double[] sorted = values.stream().mapToDouble(d -> d).sorted().toArray();
        return seconds("%d, median %.2f s, p95 %.2f s, longest %.2f s",
                sorted.length, at(sorted, 0.5), at(sorted, 0.95), at(sorted, 1));
    }

    private static double at(double[] sorted, double share) {
        return sorted[Math.max(0, (int) Math.ceil(share * sorted.length) - 1)];
    }

    private static String seconds(String format, Object... values) {
        return String.format(Locale.ROOT, format, values);
    }

    /** 16-bit stereo samples. */
    record Wav(int rate, ByteBuffer samples) {

        private static final int HEADER = 44;

        static Wav read(Path file) throws IOException {
            ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
            if (bytes.limit() < HEADER
                    || !"RIFF".equals(new String(Arrays.copyOf(bytes.array(), 4), "US-ASCII"))
                    || bytes.getShort(22) != 2
                    || bytes.getShort(34) != 16) {
                throw new IOException(file + " is not a 16-bit stereo WAV, as 'call --stereo' writes it");
            }
            int rate = bytes.getInt(24);
            return new Wav(rate, bytes.position(HEADER).slice().order(ByteOrder.LITTLE_ENDIAN));
        }

        int frames() {
            return samples.limit() / 4;
        }

        double seconds() {
            return (double) frames() / rate;
        }

        short sample(int frame, int channel) {
            return samples.getShort(frame * 4 + channel * 2);
        }
    }
}
