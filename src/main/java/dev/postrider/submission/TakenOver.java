package dev.postrider.submission;

/** While the request waited for its turn, another instance took over its source; it is settled there. */
public final class TakenOver extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public TakenOver() {
        super("another instance has it by now");
    }
}
