package dev.postrider.process;

import java.util.function.IntConsumer;
import org.jboss.logging.Logger;

/**
 * Ends the process after an error that leaves the JVM in doubt: out of memory, or one of its own. Which thread meets it is
 * chance; those that wait for that thread would wait for ever. Nothing is lost: what is not acknowledged comes again with
 * the next start. A request that is to blame is refused by its size before (see {@code ops/HeapRoom}). Thread-safe.
 */
public final class FatalErrors {

    /** As {@code -XX:+ExitOnOutOfMemoryError} ends a JVM. */
    public static final int EXIT_CODE = 3;

    private static final Logger LOG = Logger.getLogger(FatalErrors.class);

    /** Causes may go round in a circle. */
    private static final int DEEPEST = 50;

    private static volatile IntConsumer exit = Runtime.getRuntime()::halt;

    private FatalErrors() {}

    /** Does not return if this, or what caused it, is fatal. */
    public static void check(Throwable thrown) {
        Throwable cause = thrown;
        for (int depth = 0; cause != null && depth < DEEPEST; depth++) {
            if (isFatal(cause)) {
                end(cause);
                return;
            }
            cause = cause.getCause();
        }
    }

    /** A stack that overflows is unwound by that, and no harm is done: a request with a deep nesting may do it. */
    private static boolean isFatal(Throwable thrown) {
        return thrown instanceof VirtualMachineError && !(thrown instanceof StackOverflowError);
    }

    private static void end(Throwable fatal) {
        try {
            LOG.error("the process ends: " + fatal + "; what is not acknowledged comes again with the next start."
                    + " Out of memory: a larger heap (-Xmx), or less for postrider.intake.in-flight-bytes and"
                    + " postrider.limits.request-bytes");
        } finally {
            exit.accept(EXIT_CODE); // Even if there is no memory left to say so.
        }
    }

    /** For tests, which go on. */
    static void exitBy(IntConsumer other) {
        exit = other;
    }
}
