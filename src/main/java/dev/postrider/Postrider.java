package dev.postrider;

import dev.postrider.ops.StartupFailure;
import dev.postrider.redrive.RedriveCommand;
import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.annotations.QuarkusMain;
import java.util.List;
import org.apache.camel.quarkus.main.CamelMainApplication;

/** Starts the application, where a start that fails says why in one line; or runs the command {@code redrive}. */
@QuarkusMain
public final class Postrider {

    private Postrider() {}

    public static void main(String... args) {
        if (args.length > 0 && args[0].equals("redrive")) {
            // Without Quarkus: beside a running application there must be no second port, lock or consumer.
            System.exit(RedriveCommand.run(List.of(args).subList(1, args.length)));
        }
        Quarkus.run(CamelMainApplication.class, StartupFailure::exit, args);
    }
}
