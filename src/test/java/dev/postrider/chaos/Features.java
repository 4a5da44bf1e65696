package dev.postrider.chaos;

import java.nio.file.Files;
import java.nio.file.Path;

/** What the application can do by now. */
final class Features {

    private Features() {}

    /** Whether outcomes are told and the ledger is asked. */
    static boolean ledger() {
        return Files.exists(Path.of("routes", "35-look-up-request.camel.yaml"));
    }
}
