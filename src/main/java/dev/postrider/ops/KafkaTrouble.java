package dev.postrider.ops;

import java.io.IOException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.util.concurrent.ExecutionException;
import javax.security.auth.login.LoginException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.errors.ApiException;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.PolicyViolationException;
import org.apache.kafka.common.errors.TimeoutException;

/** Says why Kafka cannot be used: whether it is the settings, the broker's refusal, or nobody there. */
final class KafkaTrouble {

    /** All that is said of a token that cannot be fetched, whatever the reason. */
    private static final String NO_TOKEN = "retrieving token from callback handler";

    private static final String UNKNOWN_HOSTS = "No resolvable bootstrap urls";

    private KafkaTrouble() {}

    /** @param failure as the client threw it, outermost first */
    static String explain(Throwable failure, String brokers) {
        Throwable cause =
                failure instanceof ExecutionException && failure.getCause() != null ? failure.getCause() : failure;
        if (hostsAreUnknown(cause)) {
            return "no host of kafka.bootstrap.servers=" + brokers + " is known to the DNS; trying until one is";
        }
        if (notMade(cause)) {
            return "cannot make a Kafka client: " + innermost(cause) + "; see " + settings(cause);
        }
        if (cause instanceof AuthenticationException || cause instanceof AuthorizationException) {
            return "the brokers at " + brokers + " refuse us: " + innermost(cause)
                    + (cause instanceof AuthenticationException
                            ? "; see kafka.security.protocol, " + settings(cause)
                            : "");
        }
        return "no broker answers at " + brokers + " ("
                + (cause instanceof TimeoutException ? "no answer within 5 s" : innermost(cause))
                + "): check kafka.bootstrap.servers and kafka.security.protocol";
    }

    /** Whether a client that cannot be made now may be made later: a host, or a server for tokens, is not there yet. */
    static boolean mayPass(Throwable failure) {
        Throwable root = root(failure);
        return hostsAreUnknown(failure)
                || said(failure, NO_TOKEN)
                || root instanceof SocketException
                || root instanceof SocketTimeoutException
                || root instanceof UnknownHostException;
    }

    /** Whether the broker would do it, but not for us. */
    static boolean isForbidden(Throwable refusal) {
        return refusal instanceof AuthorizationException || refusal instanceof PolicyViolationException;
    }

    private static boolean hostsAreUnknown(Throwable failure) {
        return said(failure, UNKNOWN_HOSTS);
    }

    /** Whatever a broker says is an {@link ApiException}; all else happens before anybody is asked. */
    private static boolean notMade(Throwable failure) {
        return failure instanceof KafkaException && !(failure instanceof ApiException);
    }

    /** Those that are at fault, as far as the failure tells. */
    private static String settings(Throwable failure) {
        if (said(failure, NO_TOKEN) || said(failure, "OAuth") || said(failure, "oauthbearer")) {
            return "kafka.sasl.oauthbearer.*, kafka.sasl.login.callback.handler.class and kafka.sasl.jaas.config";
        }
        if (said(failure, "JAAS")
                || said(failure, "Jaas")
                || root(failure) instanceof LoginException
                || said(failure, "SaslClient")
                || said(failure, "LoginModule")) {
            return "kafka.sasl.mechanism and kafka.sasl.jaas.config";
        }
        if (said(failure, "SSL") || root(failure) instanceof IOException) {
            return "kafka.ssl.*";
        }
        if (failure instanceof AuthenticationException) {
            return "kafka.sasl.mechanism and kafka.sasl.jaas.config";
        }
        return root(failure) instanceof ConfigException || root(failure) instanceof ClassCastException
                ? "kafka.*"
                : "kafka.sasl.* and kafka.ssl.*";
    }

    private static boolean said(Throwable failure, String text) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (String.valueOf(cause.getMessage()).contains(text)) {
                return true;
            }
        }
        return false;
    }

    private static Throwable root(Throwable failure) {
        Throwable root = failure;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return root;
    }

    private static String innermost(Throwable failure) {
        Throwable root = root(failure);
        // The text of a log-in module's failure ends with its stack.
        String said = StartupFailure.oneLine(String.valueOf(root.getMessage()).split("\\R\\s+at ", 2)[0]);
        if (root instanceof ClassCastException) {
            return said + " is of another kind than the setting that names it wants";
        }
        return said.isEmpty() || said.equals("null") ? root.getClass().getSimpleName() : said;
    }
}
