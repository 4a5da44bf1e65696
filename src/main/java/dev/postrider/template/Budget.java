package dev.postrider.template;

import java.time.Duration;

/**
 * How much one file may do while it is rendered. Data is the requester's: a list of a million entries within a loop within a
 * loop must become a refusal, not a stopped thread or an exhausted heap. For one thread.
 */
final class Budget {

    /** Names looked up and rounds of loops. Half a second's work; a page of 10,000 rows takes a tenth of it. */
    static final int STEPS = 1_000_000;

    /** Characters; a mail of this size is beyond what readers show. */
    static final int OUTPUT = 4 << 20;

    /** For machines that stand still; steps and output come to their end before. */
    private static final Duration TIME = Duration.ofSeconds(10);

    /** A look at the clock costs more than the step. */
    private static final int STEPS_PER_LOOK = 1024;

    private final long start = System.nanoTime();
    private int steps;
    private int characters;

    void step() {
        steps++;
        if (steps > STEPS) {
            throw new Exhausted("takes more than " + STEPS + " steps; loops within loops over long lists?");
        }
        if (steps % STEPS_PER_LOOK == 0 && System.nanoTime() - start > TIME.toNanos()) {
            throw new Exhausted("takes longer than " + TIME.toSeconds() + " seconds");
        }
    }

    void output(int more) {
        characters += more;
        if (characters > OUTPUT) {
            throw new Exhausted("becomes longer than " + OUTPUT + " characters");
        }
    }

    /** Rendering ends here. */
    static final class Exhausted extends RuntimeException {

        private static final long serialVersionUID = 1L;

        Exhausted(String reason) {
            super(reason, null, false, false);
        }
    }
}
