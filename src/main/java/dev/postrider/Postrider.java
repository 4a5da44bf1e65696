package dev.postrider;

import dev.postrider.ops.StartupFailure;
import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.annotations.QuarkusMain;
import org.apache.camel.quarkus.main.CamelMainApplication;

/** Starts the application; a start that fails says why in one line. */
@QuarkusMain
public final class Postrider {

    private Postrider() {}

    public static void main(String... args) {
        Quarkus.run(CamelMainApplication.class, StartupFailure::exit, args);
    }
}
