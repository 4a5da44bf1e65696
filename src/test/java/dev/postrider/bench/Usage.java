package dev.postrider.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.Stream;

/** What a process, and those it has started, have used of processor and memory; of memory only where there is {@code /proc}. */
record Usage(Optional<ProcessHandle> process) {

    static Usage of(ProcessHandle process) {
        return new Usage(Optional.of(process));
    }

    /** Nobody knows. */
    static Usage unknown() {
        return new Usage(Optional.empty());
    }

    /** Since they began. */
    Duration cpu() {
        return all().map(each -> each.info().totalCpuDuration().orElse(Duration.ZERO))
                .reduce(Duration.ZERO, Duration::plus);
    }

    /** In KB, the most since {@link #forgetPeak}; 0 when nobody knows. */
    long peak() {
        return status("VmHWM:");
    }

    /** In KB, now; 0 when nobody knows. */
    long resident() {
        return status("VmRSS:");
    }

    void forgetPeak() {
        all().forEach(Usage::forgetPeak);
    }

    private Stream<ProcessHandle> all() {
        return process.stream().flatMap(each -> Stream.concat(Stream.of(each), each.descendants()));
    }

    private static void forgetPeak(ProcessHandle process) {
        try {
            Path file = Path.of("/proc", Long.toString(process.pid()), "clear_refs");
            if (Files.isWritable(file)) {
                Files.writeString(file, "5");
            }
        } catch (IOException e) {
            return; // Then it is the peak since the process began.
        }
    }

    private long status(String key) {
        return all().mapToLong(each -> status(each, key)).sum();
    }

    private static long status(ProcessHandle process, String key) {
        try {
            return Files.readAllLines(Path.of("/proc", Long.toString(process.pid()), "status")).stream()
                    .filter(line -> line.startsWith(key))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")))
                    .findFirst()
                    .orElse(0);
        } catch (IOException e) {
            return 0;
        }
    }
}
