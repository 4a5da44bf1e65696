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

    static {
        // Jakarta Mail asks for its encoders again for every body part, and without this property it asks the
        // ServiceLoader each time, which looks through the jars: several times the cost of the message itself.
        // An operator's own choice on the command line stands.
        System.getProperties().putIfAbsent(StreamProvider.class.getName(), MailStreamProvider.class.getName());
    }

    private MailRuntime() {}

    /** A session of its own, with these properties only: never the JVM-wide default one. */
    public static Session session(Properties properties) {
        return Session.getInstance(properties);
    }
}
