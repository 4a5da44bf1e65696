package dev.postrider.smtp;

import java.nio.file.Path;
import java.util.Optional;
import javax.net.ssl.SSLSocketFactory;
import org.jboss.logging.Logger;

/**
 * Whom we trust to be the relay, as the file of {@code postrider.smtp.trust-certificates} says it now. As long as the file
 * stays the same so does what is handed out, and TLS sessions are resumed. Thread-safe.
 */
final class Authorities {

    private static final Logger LOG = Logger.getLogger(Authorities.class);

    private final Optional<Path> bundle;
    private Optional<FileStamp> stamp;
    private SSLSocketFactory trusting;

    /** @throws IllegalArgumentException naming the setting, when the file is no such thing */
    Authorities(Optional<Path> bundle) {
        this.bundle = bundle;
        this.stamp = bundle.flatMap(FileStamp::of);
        this.trusting = RelayTls.trusting(bundle);
    }

    /** A new file that cannot be read changes nothing: the relay we can still verify is not to be lost over it. */
    synchronized SSLSocketFactory now() {
        Optional<FileStamp> seen =
                bundle.flatMap(FileStamp::of); // Before it is read: what changes later is seen later.
        if (!seen.equals(stamp)) {
            stamp = seen;
            try {
                trusting = RelayTls.trusting(bundle);
                LOG.infof(
                        "read %s anew: postrider.smtp.trust-certificates",
                        bundle.map(Path::toString).orElse(""));
            } catch (IllegalArgumentException e) {
                LOG.errorf("%s. Those read before stay trusted", e.getMessage());
            }
        }
        return trusting;
    }
}
