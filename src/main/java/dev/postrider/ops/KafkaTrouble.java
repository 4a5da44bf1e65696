package dev.postrider.ops;

import java.util.Optional;
import java.util.Set;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.errors.ApiException;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.PolicyViolationException;
import org.apache.kafka.common.errors.TimeoutException;

/** Says why Kafka cannot be used: whether it is the settings, the broker's refusal, or nobody there. */
final class KafkaTrouble {

    private static final Set<String> WRAPPERS =
            Set.of("Failed to create new KafkaAdminClient", "Failed to create new NetworkClient");

    private KafkaTrouble() {}

    /** @param failure as the client threw it, outermost first */
    static String explain(Throwable failure, String brokers) {
        Throwable cause =
                failure.getCause() != null && !(failure instanceof KafkaException) ? failure.getCause() : failure;
        if (notMade(cause)) {
            return "cannot make a Kafka client: " + innermost(cause)
                    + "; check kafka.security.protocol, kafka.sasl.* and" + " kafka.ssl.*";
        }
        if (cause instanceof AuthenticationException || cause instanceof AuthorizationException) {
            return "the brokers at " + brokers + " refuse us: " + innermost(cause);
        }
        return "no broker answers at " + brokers + " ("
                + (cause instanceof TimeoutException ? "no answer within 5 s" : innermost(cause))
                + "): check kafka.bootstrap.servers and kafka.security.protocol";
    }

    /** Whether the broker would do it, but not for us. */
    static boolean isForbidden(Throwable refusal) {
        return refusal instanceof AuthorizationException || refusal instanceof PolicyViolationException;
    }

    /** The settings are at fault, or what they name; whatever a broker says is an {@link ApiException}. */
    private static boolean notMade(Throwable failure) {
        return failure instanceof ConfigException
                || WRAPPERS.contains(Optional.ofNullable(failure.getMessage()).orElse(""));
    }

    private static String innermost(Throwable failure) {
        Throwable root = failure;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        String said = StartupFailure.oneLine(root.getMessage());
        return said.isEmpty() ? root.getClass().getSimpleName() : said;
    }
}
