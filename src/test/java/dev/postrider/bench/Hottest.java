package dev.postrider.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordedFrame;
import jdk.jfr.consumer.RecordedMethod;
import jdk.jfr.consumer.RecordingFile;

/** What a recording of JDK Flight Recorder says about where the time went, and the memory. */
final class Hottest {

    private static final String OURS = "dev.postrider.";
    private static final String SAMPLE = "jdk.ExecutionSample";
    private static final String ALLOCATION = "jdk.ObjectAllocationSample";

    private final List<RecordedEvent> events;

    Hottest(Path recording) throws IOException {
        events = RecordingFile.readAllEvents(recording);
    }

    /** Methods that were running, by the share of samples. */
    String running(int lines) {
        return table(
                "running", SAMPLE, event -> 1.0, event -> frames(event).stream().findFirst(), lines);
    }

    /** The innermost of our own methods under whatever was running. */
    String ours(int lines) {
        return table("in our own code, or called by it", SAMPLE, event -> 1.0, Hottest::firstOfOurs, lines);
    }

    /** Whose code it was: the package of the innermost frame that is not the JDK's. */
    String libraries(int lines) {
        return shares(
                "whose code",
                lines,
                tally(
                        SAMPLE,
                        event -> 1.0,
                        event -> frames(event).stream()
                                .map(frame -> frame.getMethod().getType().getName())
                                .filter(type -> !type.matches("(java|javax|jdk|sun|com\\.sun)\\..*"))
                                .map(type -> type.replaceAll("^((?:[a-z0-9]+\\.){1,3}).*", "$1*"))
                                .findFirst()));
    }

    /** By thread, numbers left out. */
    String threads(int lines) {
        return shares(
                "threads",
                lines,
                tally(
                        SAMPLE,
                        event -> 1.0,
                        event -> Optional.ofNullable(event.getThread("sampledThread"))
                                .map(thread ->
                                        String.valueOf(thread.getJavaName()).replaceAll("[0-9]+", "#"))));
    }

    /** The innermost of our own methods under whatever allocated. */
    String allocating(int lines) {
        return table("allocating, our own code", ALLOCATION, Hottest::weight, Hottest::firstOfOurs, lines);
    }

    /** What was allocated. */
    String allocated(int lines) {
        return shares(
                "allocated",
                lines,
                tally(
                        ALLOCATION,
                        Hottest::weight,
                        event -> Optional.of(event.getClass("objectClass").getName())));
    }

    private String table(
            String title,
            String kind,
            Function<RecordedEvent, Double> weight,
            Function<RecordedEvent, Optional<RecordedFrame>> frame,
            int lines) {
        return shares(
                title, lines, tally(kind, weight, event -> frame.apply(event).map(Hottest::name)));
    }

    private Map<String, Double> tally(
            String kind, Function<RecordedEvent, Double> weight, Function<RecordedEvent, Optional<String>> key) {
        Map<String, Double> sums = new HashMap<>();
        events.stream()
                .filter(event -> event.getEventType().getName().equals(kind))
                .forEach(event ->
                        sums.merge(key.apply(event).orElse("(none of them)"), weight.apply(event), Double::sum));
        return sums;
    }

    private static String shares(String title, int lines, Map<String, Double> sums) {
        double all = sums.values().stream().mapToDouble(Double::doubleValue).sum();
        StringBuilder text = new StringBuilder(title + "\n");
        sums.entrySet().stream()
                .sorted(Map.Entry.<String, Double>comparingByValue().reversed())
                .limit(lines)
                .forEach(line -> text.append(
                        String.format(Locale.ROOT, "  %5.1f %%  %s%n", 100 * line.getValue() / all, line.getKey())));
        return text.toString();
    }

    private static Optional<RecordedFrame> firstOfOurs(RecordedEvent event) {
        return frames(event).stream()
                .filter(frame -> frame.getMethod().getType().getName().startsWith(OURS))
                .findFirst();
    }

    private static List<RecordedFrame> frames(RecordedEvent event) {
        return event.getStackTrace() == null ? List.of() : event.getStackTrace().getFrames();
    }

    private static String name(RecordedFrame frame) {
        RecordedMethod method = frame.getMethod();
        return method.getType().getName() + "." + method.getName();
    }

    private static double weight(RecordedEvent event) {
        return event.getLong("weight");
    }
}
