package dev.postrider;

import dev.postrider.ops.StartupFailure;
import dev.postrider.ops.Version;
import dev.postrider.redrive.RedriveCommand;
import dev.postrider.submission.Excerpt;
import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.annotations.QuarkusMain;
import java.util.List;
import java.util.Locale;
import org.apache.camel.quarkus.main.CamelMainApplication;

/**
 * Starts the application, or runs the command that the first argument names. Anything else there is refused: with a
 * misspelt command nobody wants a second instance.
 */
@QuarkusMain
public final class Postrider {

    private static final int USAGE = 2;

    private static final String HELP = """
            Postrider carries mail from Kafka topics and watched folders to an SMTP relay.

              (no argument)  starts the application
              redrive        lists dead letters, shows them, and sends them again; see redrive --help
              --version      prints the version
              --help         prints this

            Settings are system properties, environment variables and config/application.properties in the
            working directory.
            """;

    private Postrider() {}

    public static void main(String... args) {
        // Camel, and perhaps other libraries, map the case of names by the default locale: in Turkish groupId becomes
        // groupıd, and is unknown. Nothing here is written in the operator's language.
        Locale.setDefault(Locale.ROOT);
        if (args.length == 0) {
            StartupFailure.refuseUnreadSettings();
            Quarkus.run(CamelMainApplication.class, StartupFailure::exit, args);
            return;
        }
        System.exit(command(args[0], List.of(args).subList(1, args.length)));
    }

    /** @return the exit code */
    private static int command(String name, List<String> arguments) {
        switch (name) {
            case "redrive" -> {
                // Without Quarkus: beside a running application there must be no second port, lock or consumer.
                return RedriveCommand.run(arguments);
            }
            case "--help", "-h" -> System.out.print(HELP);
            case "--version", "-V" -> System.out.println("postrider " + Version.text());
            default -> {
                System.err.println("postrider: there is no command " + Excerpt.quoted(name)
                        + "; there are redrive, --help and --version, and no argument starts the application");
                return USAGE;
            }
        }
        return 0;
    }
}
