package dev.postrider.redrive;

import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.InvalidProducerEpochException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.common.errors.TimeoutException;

/** Says what is wrong between us and the brokers. */
final class KafkaTrouble {

    private final Object brokers;

    KafkaTrouble(RedriveSettings settings) {
        this.brokers = settings.kafka().get(RedriveSettings.BROKERS);
    }

    RedriveFailure explain(String what, Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof ProducerFencedException || cause instanceof InvalidProducerEpochException) {
                return new RedriveFailure(
                        "another redrive was started meanwhile and goes on instead of this one; what both leave can be"
                                + " redriven by running it again",
                        failure);
            }
            if (cause instanceof AuthenticationException) {
                return new RedriveFailure(
                        "the brokers at " + brokers + " refuse us: " + cause.getMessage()
                                + " (check kafka.security.protocol and kafka.sasl.*)",
                        failure);
            }
            if (cause instanceof AuthorizationException) {
                return new RedriveFailure("not allowed to " + what + ": " + cause.getMessage(), failure);
            }
        }
        Throwable root = failure;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        if (failure instanceof TimeoutException || root instanceof TimeoutException) {
            return new RedriveFailure(
                    "no answer from the brokers at " + brokers + " to " + what + " (" + root.getMessage()
                            + "): check kafka.bootstrap.servers and kafka.security.protocol",
                    failure);
        }
        return new RedriveFailure("could not " + what + ": " + root.getMessage(), failure);
    }
}
