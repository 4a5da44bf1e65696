package dev.postrider.ops;

import io.quarkus.runtime.QuarkusBindException;
import io.smallrye.config.ConfigValidationException;
import io.smallrye.config.SmallRyeConfig;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.eclipse.microprofile.config.ConfigProvider;

/** Why the application did not start, in one line a person can act on; the stack only for what we did not foresee. */
public final class StartupFailure {

    private StartupFailure() {}

    /** Ends the process when settings stand in a file that would be passed over in silence. */
    public static void refuseUnreadSettings() {
        String more = Optional.ofNullable(System.getProperty("quarkus.config.locations"))
                .orElse(System.getenv().getOrDefault("QUARKUS_CONFIG_LOCATIONS", ""));
        unreadSettings(Stream.concat(Stream.of("config"), Stream.of(more.split(","))))
                .ifPresent(file -> exit(
                        1,
                        new WrongSetting(file + " is not read: settings stand in "
                                + file.resolveSibling("application.properties"))));
    }

    static Optional<Path> unreadSettings(Stream<String> folders) {
        return folders.map(folder -> folder.strip().replaceFirst("^file:(//)?", ""))
                .filter(folder -> !folder.isEmpty())
                .flatMap(folder ->
                        Stream.of("application.yaml", "application.yml").map(file -> Path.of(folder, file)))
                .filter(Files::exists)
                .findFirst();
    }

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
                return Optional.of(misspelt().orElseGet(() -> SettingTrouble.explain(invalid)));
            }
            if (cause instanceof QuarkusBindException taken) {
                return Optional.of("port " + taken.getPort() + " is in use; set quarkus.http.port to a free one");
            }
        }
        for (Throwable cause : causes) {
            if (cause instanceof WrongSetting) {
                return Optional.of(oneLine(cause.getMessage()));
            }
            if (cause instanceof IllegalArgumentException
                    && oneLine(cause.getMessage()).startsWith("postrider.")) {
                return Optional.of(oneLine(cause.getMessage())); // One of our own checks of the settings.
            }
        }
        return RouteTrouble.explain(causes, RouteFiles.configured());
    }

    /** What is said to be missing may be there under another name. */
    private static Optional<String> misspelt() {
        try {
            SettingNamesCheck.check(ConfigProvider.getConfig().unwrap(SmallRyeConfig.class));
            return Optional.empty();
        } catch (WrongSetting wrong) {
            return Optional.of(oneLine(wrong.getMessage()));
        }
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
