package dev.postrider.demo;

import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** The demo has to end. The message is one line: what is wrong, and what to do about it. */
final class CannotGoOn extends RuntimeException {

    private static final long serialVersionUID = 1L;

    CannotGoOn(String message) {
        super(message);
    }

    /** What to tell a person of any failure. */
    static String explain(Throwable failure) {
        if (failure instanceof CannotGoOn) {
            return failure.getMessage();
        }
        Optional<Throwable> full = Stream.iterate(failure, cause -> cause != null, Throwable::getCause)
                .filter(cause -> String.valueOf(cause.getMessage())
                        .toLowerCase(Locale.ROOT)
                        .contains("no space left"))
                .findFirst();
        return full.isPresent()
                ? "the disk is full (" + full.get().getMessage() + "): make room and start again"
                : "this should not happen: " + failure;
    }
}
