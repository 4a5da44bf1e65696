package dev.postrider.smtp;

/** We are stopping: this request was not attempted to the end and stays with its source. */
public final class ShuttingDown extends RuntimeException {

    private static final long serialVersionUID = 1L;

    ShuttingDown() {
        super("shutting down");
    }
}
