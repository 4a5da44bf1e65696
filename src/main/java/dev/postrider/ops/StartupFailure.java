package dev.postrider.ops;

import io.quarkus.runtime.QuarkusBindException;
import io.smallrye.config.ConfigValidationException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Why the application did not start, in one line a person can act on; the stack only for what we did not foresee. */
public final class StartupFailure {

    private StartupFailure() {}

    /** Quarkus' exit handler: prints the reason, if there is one, and ends the process. */
    public static void exit(int code, Throwable failure) {
        if (failure != null && !shuttingDown()) {
            Optional<String> reason = explain(causes(failure));
            System.err.println("postrider did not start: " + reason.orElse(oneLine(failure.toString())));
            if (reason.isEmpty()) {
                failure.printStackTrace();
            }
        }
        System.exit(code);
    }

    /** @param causes from the outermost to the root */
    static Optional<String> explain(List<Throwable> causes) {
        for (Throwable cause : causes) {
            if (cause instanceof ConfigValidationException invalid) {
                return Optional.of(SettingTrouble.explain(invalid));
            }
            if (cause instanceof QuarkusBindException taken) {
                return Optional.of("port " + taken.getPort() + " is in use; set quarkus.http.port to a free one");
            }
        }
        for (Throwable cause : causes) {
            if (cause instanceof IllegalArgumentException
                    && oneLine(cause.getMessage()).startsWith("postrider.")) {
                return Optional.of(oneLine(cause.getMessage())); // One of our own checks of the settings.
            }
        }
        return RouteTrouble.explain(causes, RouteFiles.configured());
    }

    /** Asked to end while starting: whatever broke then is no news. */
    private static boolean shuttingDown() {
        Thread hook = new Thread(() -> {});
        try {
            Runtime.getRuntime().addShutdownHook(hook);
            return !Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException shutdownInProgress) {
            return true;
        }
    }

    private static List<Throwable> causes(Throwable failure) {
        List<Throwable> causes = new ArrayList<>();
        for (Throwable cause = failure; cause != null && !causes.contains(cause); cause = cause.getCause()) {
            causes.add(cause);
        }
        return causes;
    }

    static String oneLine(String text) {
        return text == null ? "" : text.replaceAll("\\s*[\\r\\n]+\\s*", " ").strip();
    }
}
