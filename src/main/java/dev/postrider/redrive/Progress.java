package dev.postrider.redrive;

/** Tells how far a long run has come: a line that is overwritten on a terminal, else a line for each thousand. */
final class Progress {

    private static final int STEP = 1_000;
    private static final long PAUSE_NANOS = 200_000_000L;

    private final Terminal terminal;
    private final int of;
    private int done;
    private int told;
    private long toldAt = System.nanoTime();

    Progress(Terminal terminal, int of) {
        this.terminal = terminal;
        this.of = of;
    }

    void add(int count) {
        done += count;
        if (terminal.interactive()) {
            if (System.nanoTime() - toldAt >= PAUSE_NANOS) {
                toldAt = System.nanoTime();
                told = done;
                terminal.passing(line());
            }
        } else if (done / STEP > told / STEP) {
            told = done;
            terminal.note(line());
        }
    }

    /** Leaves the line on the terminal, if there is one. */
    void end() {
        if (terminal.interactive() && told > 0) {
            terminal.passing(line());
            terminal.note("");
        }
    }

    int done() {
        return done;
    }

    private String line() {
        return "redriven " + done + " of " + of;
    }
}
