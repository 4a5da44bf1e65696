package dev.postrider.smtp;

/**
 * The relay cannot be used at all at the moment, whoever the recipient: unreachable, not trusted, or it does not let us
 * in. Nobody's mail is to blame, so the line stops. The message says what to do.
 */
class RelayBroken extends Exception {

    private static final long serialVersionUID = 1L;

    RelayBroken(String message) {
        super(message);
    }

    RelayBroken(String message, Throwable cause) {
        super(message, cause);
    }
}
