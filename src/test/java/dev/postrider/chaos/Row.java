package dev.postrider.chaos;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * What came of one fault.
 *
 * @param inFlight transactions under way at all kills together
 * @param unanswered messages the relay took without being able to say so
 * @param recovered from the end of the fault until nothing was left to do
 * @param remarks for people
 * @param log the last lines of what the application printed
 * @param faults what must not be; empty when all is well
 */
record Row(
        String name,
        Count count,
        int kills,
        int inFlight,
        int unanswered,
        Duration recovered,
        List<String> remarks,
        String log,
        List<String> faults) {

    static Row notRun(Fault fault, String reason) {
        return new Row(
                fault.name(),
                new Books(fault.excused()).count(),
                0,
                0,
                0,
                Duration.ZERO,
                List.of("not run: " + reason),
                "",
                List.of());
    }

    /** Nothing can be said of it. */
    static Row broken(Fault fault, Throwable cause) {
        return new Row(
                fault.name(),
                new Books(fault.excused()).count(),
                0,
                0,
                0,
                Duration.ZERO,
                List.of(),
                String.valueOf(cause.getMessage()),
                List.of("broke off: "
                        + String.valueOf(cause).lines().findFirst().orElse("")));
    }

    static Row of(Fault fault, Count count, World world, Duration recovered) {
        return new Row(
                fault.name(),
                count,
                world.kills(),
                world.inFlight(),
                world.relayCount().unanswered(),
                recovered,
                remarks(world),
                world.lastLines(),
                Verdict.of(count, world));
    }

    private static List<String> remarks(World world) {
        List<String> remarks = new ArrayList<>(world.notes());
        int unanswered = world.relayCount().unanswered();
        if (unanswered > 0) {
            remarks.add(unanswered + " taken by the relay and not answered");
        }
        List<Duration> answered = world.relayCount().answeredBeforeKill();
        if (!answered.isEmpty()) {
            remarks.add(
                    "%d of the duplicated answered before a kill: half of them by less than %d ms, nine of ten by less than %d"
                            .formatted(
                                    answered.size(),
                                    answered.get(answered.size() / 2).toMillis() + 1,
                                    answered.get(answered.size() * 9 / 10).toMillis() + 1));
        }
        return remarks;
    }

    boolean well() {
        return faults.isEmpty();
    }

    /** Whether it could be tried here. */
    boolean run() {
        return count.in() > 0 || !well();
    }
}
