package dev.postrider.smtp;

/** While the message waited for its turn, another instance took over the request; it is relayed there. */
public final class TakenOver extends RuntimeException {

    private static final long serialVersionUID = 1L;

    TakenOver() {
        super("another instance has it by now");
    }
}
