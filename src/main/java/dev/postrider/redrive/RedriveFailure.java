package dev.postrider.redrive;

/** Why the command cannot go on, in one line for the person who called it. */
final class RedriveFailure extends RuntimeException {

    private static final long serialVersionUID = 1L;

    RedriveFailure(String line) {
        super(line);
    }

    RedriveFailure(String line, Throwable cause) {
        super(line, cause);
    }
}
