package dev.postrider.message;

import jakarta.mail.Session;
import java.util.Properties;
import org.eclipse.angus.mail.util.MailStreamProvider;

/**
 * The one place that makes a Jakarta Mail {@link Session}, so that what must be set before the first of them, is.
 *
 * <p>Thread-safe.
 */
public final class MailRuntime {

    static {
        // Jakarta Mail asks for its encoders again for every body part, and without this property it asks the
        // ServiceLoader each time, which opens the jars: 10 times the cost of the message. Class.forName is cached.
        // An operator's own choice on the command line stands.
        System.getProperties().putIfAbsent("jakarta.mail.util.StreamProvider", MailStreamProvider.class.getName());
    }

    private MailRuntime() {}

    /** A session of its own, with these properties only: never the JVM-wide default one. */
    public static Session session(Properties properties) {
        return Session.getInstance(properties);
    }
}
