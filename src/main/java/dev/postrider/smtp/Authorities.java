package dev.postrider.smtp;

import dev.postrider.disk.LiveFile;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Whom we trust to be the relay, as the file of {@code postrider.smtp.trust-certificates} says it now. As long as the file
 * stays the same so does what is handed out, and TLS sessions are resumed. A new file that cannot be read changes nothing:
 * the relay we can still verify is not to be lost over it. Thread-safe.
 */
final class Authorities {

    private final Supplier<RelayTls> trusting;

    /** @throws IllegalArgumentException naming the setting, when the file is no such thing */
    Authorities(Optional<Path> bundle) {
        this.trusting = bundle.isPresent() ? live(bundle.get()) : platform();
    }

    RelayTls now() {
        return trusting.get();
    }

    private static Supplier<RelayTls> live(Path bundle) {
        return new LiveFile<>("postrider.smtp.trust-certificates", bundle, file -> RelayTls.trusting(Optional.of(file)))
                ::now;
    }

    private static Supplier<RelayTls> platform() {
        RelayTls factory = RelayTls.trusting(Optional.empty());
        return () -> factory;
    }
}
