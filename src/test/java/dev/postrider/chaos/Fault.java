package dev.postrider.chaos;

import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Something that goes wrong while requests come in.
 *
 * @param excused where a good recipient may end up under this fault, beside the relay: words of a dead letter
 * @param weight its share of the requests
 * @param span how long the requests take to come in; not at all: all of them at once
 * @param preparation before the application is started
 * @param strike makes it happen, and sees to it that it is over
 * @param obstacle why it cannot be tried on this machine, if so
 */
record Fault(
        String name,
        Set<String> excused,
        int weight,
        Duration span,
        Step preparation,
        Step strike,
        Supplier<Optional<String>> obstacle) {

    static Fault of(String name, Step strike) {
        return new Fault(name, Set.of(), 1, Duration.ZERO, world -> {}, strike, Optional::empty);
    }

    Fault excusing(String... words) {
        return new Fault(name, Set.of(words), weight, span, preparation, strike, obstacle);
    }

    Fault weighing(int share) {
        return new Fault(name, excused, share, span, preparation, strike, obstacle);
    }

    Fault during(Duration duration) {
        return new Fault(name, excused, weight, duration, preparation, strike, obstacle);
    }

    Fault prepared(Step step) {
        return new Fault(name, excused, weight, span, step, strike, obstacle);
    }

    Fault unless(Supplier<Optional<String>> reason) {
        return new Fault(name, excused, weight, span, preparation, strike, reason);
    }

    /** For names of topics, folders and ids. */
    String slug() {
        return name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-").replaceAll("^-|-$", "");
    }

    @Override
    public String toString() {
        return name;
    }

    /** What is done to the world. */
    interface Step {
        void take(World world) throws Exception;
    }
}
