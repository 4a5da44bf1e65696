package dev.postrider.message;

import jakarta.mail.Session;
import jakarta.mail.util.StreamProvider;
import java.util.Properties;
import org.eclipse.angus.mail.util.MailStreamProvider;

/**
 * Makes Jakarta Mail's {@link Session}s, having set what the library otherwise looks for again and again.
 *
 * <p>Thread-safe.
 */
public final class MailRuntime {

    private MailRuntime() {}

    /** A session of its own, with these properties only: never the JVM-wide default one. */
    public static Session session(Properties properties) {
        // Jakarta Mail asks for its encoders again for every body part, and without this property it asks the
        // ServiceLoader each time, which looks through the jars: several times the cost of the message itself.
        // An operator's own choice on the command line stands. Not in a static initialiser: for a native image those
        // run while it is built, and it does not keep the system properties of that process.
        System.getProperties().putIfAbsent(StreamProvider.class.getName(), MailStreamProvider.class.getName());
        return Session.getInstance(properties);
    }
}
