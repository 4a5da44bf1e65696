package dev.postrider.ops;

import dev.postrider.submission.Excerpt;
import io.quarkus.logging.LoggingFilter;
import java.util.Arrays;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;
import java.util.logging.Filter;
import java.util.logging.LogRecord;
import org.jboss.logmanager.ExtLogRecord;

/**
 * Escapes what is not seen in log messages, ours and the libraries', and in those of exceptions logged with them: much of
 * what stands there was written by others, and must not add lines, move the cursor of a terminal or show something else than
 * what is there.
 */
@LoggingFilter(name = "printable")
public final class PrintableLog implements Filter {

    @Override
    public boolean isLoggable(LogRecord record) {
        String message = record instanceof ExtLogRecord ours ? ours.getFormattedMessage() : record.getMessage();
        String printable = message == null ? null : Excerpt.printable(message);
        if (message != null && !printable.equals(message) && record instanceof ExtLogRecord ours) {
            ours.setMessage(printable, ExtLogRecord.FormatStyle.NO_FORMAT);
        }
        Throwable thrown = record.getThrown();
        if (thrown != null && !isPrintable(thrown, seen())) {
            record.setThrown(new Printable(thrown, seen()));
        }
        return true;
    }

    /** Each one once: those that an exception is made of may go in a circle. */
    private static Set<Throwable> seen() {
        return Collections.newSetFromMap(new IdentityHashMap<>());
    }

    private static boolean isPrintable(Throwable thrown, Set<Throwable> seen) {
        if (thrown == null || !seen.add(thrown)) {
            return true;
        }
        String text = String.valueOf(thrown);
        return Excerpt.printable(text).equals(text)
                && isPrintable(thrown.getCause(), seen)
                && Arrays.stream(thrown.getSuppressed()).allMatch(suppressed -> isPrintable(suppressed, seen));
    }

    /** Prints as another does, its text escaped. */
    private static final class Printable extends Throwable {

        private static final long serialVersionUID = 1;

        private final String text;

        Printable(Throwable thrown, Set<Throwable> seen) {
            super(null, seen.add(thrown) ? of(thrown.getCause(), seen) : null);
            this.text = Excerpt.printable(String.valueOf(thrown));
            setStackTrace(thrown.getStackTrace());
            for (Throwable suppressed : thrown.getSuppressed()) {
                Printable printable = of(suppressed, seen);
                if (printable != null) {
                    addSuppressed(printable);
                }
            }
        }

        private static Printable of(Throwable thrown, Set<Throwable> seen) {
            return thrown == null || seen.contains(thrown) ? null : new Printable(thrown, seen);
        }

        @Override
        @SuppressWarnings("OverrideThrowableToString") // It stands for another throwable, whose name is printed.
        public String toString() {
            return text;
        }
    }
}
