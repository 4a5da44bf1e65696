package dev.postrider.smtp;

import java.util.Optional;

/** What stands behind a failure. */
final class Causes {

    private Causes() {}

    /** The outermost one of this type. */
    static <T extends Throwable> Optional<T> find(Throwable failure, Class<T> type) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (type.isInstance(cause)) {
                return Optional.of(type.cast(cause));
            }
        }
        return Optional.empty();
    }

    /** What the innermost one says, in one line; its name when it says nothing. */
    static String innermost(Throwable failure) {
        Throwable root = failure;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        String said = oneLine(root);
        return said.isEmpty() ? root.getClass().getSimpleName() : said;
    }

    static String oneLine(Throwable failure) {
        return failure.getMessage() == null
                ? ""
                : failure.getMessage().replaceAll("\\s*[\\r\\n]+\\s*", " ").strip();
    }
}
