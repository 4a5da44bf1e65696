package dev.postrider.intake;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postrider.intake.PollFailure.Kind;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.NoOffsetForPartitionException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.FencedInstanceIdException;
import org.apache.kafka.common.errors.GroupAuthorizationException;
import org.apache.kafka.common.errors.InconsistentGroupProtocolException;
import org.apache.kafka.common.errors.InvalidGroupIdException;
import org.apache.kafka.common.errors.InvalidSessionTimeoutException;
import org.apache.kafka.common.errors.SaslAuthenticationException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.errors.UnsupportedVersionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class PollFailureTest {

    static Stream<Arguments> failures() {
        return Map.of(
                        new FencedInstanceIdException("fenced"), Kind.FENCED,
                        new InvalidSessionTimeoutException("too short"), Kind.FATAL,
                        new InvalidGroupIdException("no group"), Kind.FATAL,
                        new UnsupportedVersionException("too old"), Kind.FATAL,
                        new NoOffsetForPartitionException(Set.of(new TopicPartition("mail.requests", 0))), Kind.FATAL,
                        new GroupAuthorizationException("postrider"), Kind.REFUSED,
                        new TopicAuthorizationException("mail.requests"), Kind.REFUSED,
                        new SaslAuthenticationException("wrong password"), Kind.REFUSED,
                        new InconsistentGroupProtocolException("another assignor"), Kind.RECONNECT,
                        new TimeoutException("no answer"), Kind.RECONNECT)
                .entrySet()
                .stream()
                .map(each -> Arguments.of(each.getKey(), each.getValue()));
    }

    @ParameterizedTest
    @MethodSource("failures")
    void onlyWhatAnotherTryMendsIsTriedAgain(KafkaException failure, Kind kind) {
        assertThat(PollFailure.of(failure, "postrider", "a").kind()).isEqualTo(kind);
        assertThat(PollFailure.of(new KafkaException("User rebalance callback throws an error", failure), "g", "a")
                        .kind())
                .as("thrown by a rebalance callback")
                .isEqualTo(kind);
    }

    @Test
    void anInstanceThatIsFencedSaysWhichSettingIsUsedTwice() {
        assertThat(PollFailure.of(new FencedInstanceIdException("x"), "postrider", "mail-1")
                        .text())
                .contains("postrider.kafka.instance-id 'mail-1'")
                .contains("give each instance its own");
    }
}
