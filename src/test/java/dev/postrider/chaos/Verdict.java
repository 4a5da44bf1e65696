package dev.postrider.chaos;

import java.util.ArrayList;
import java.util.List;

/** What must not be. */
final class Verdict {

    /**
     * {@code postrider.intake.in-flight}, for the topic and for the folder: so many may be parked a second time by a crash, and by
     * a clock that jumps past the time in which the broker was to answer.
     */
    private static final int TAKEN_AT_ONCE = 2 * 16;

    private Verdict() {}

    static List<String> of(Count count, World world) {
        List<String> faults = new ArrayList<>(world.blamed());
        if (!count.lost().isEmpty()) {
            faults.add(Count.some("lost", count.lost()));
        }
        int mayComeTwice = world.inFlight() + world.relayCount().unanswered();
        if (count.duplicated().size() > mayComeTwice) {
            faults.add(Count.some("duplicated, more than the " + mayComeTwice + " under way:", count.duplicated()));
        }
        int mayBeParkedTwice = (world.kills() + world.clockJumps()) * TAKEN_AT_ONCE;
        if (count.parkedTwice().size() > mayBeParkedTwice) {
            faults.add(Count.some("parked twice, more than " + mayBeParkedTwice + ":", count.parkedTwice()));
        }
        if (!count.untold().isEmpty()) {
            faults.add(Count.some("without an outcome", count.untold()));
        }
        if (!count.misplaced().isEmpty()) {
            faults.add(Count.some("misplaced", count.misplaced()));
        }
        return faults;
    }
}
