package dev.postrider.message;

/**
 * The request is valid field by field, yet no message can be made of it: the user's to mend, trying again would not
 * help. The text names the field and what is wrong with it.
 */
public final class Uncomposable extends Exception {

    private static final long serialVersionUID = 1L;

    Uncomposable(String violation) {
        super(violation);
    }

    Uncomposable(String violation, Throwable cause) {
        super(violation, cause);
    }
}
