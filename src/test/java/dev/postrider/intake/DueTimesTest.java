package dev.postrider.intake;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.postrider.kafka.Deployment;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.api.Test;

class DueTimesTest {

    private static final TopicPartition RETRY = new TopicPartition("mail.retries.24h", 0);

    private Instant now = Instant.parse("2026-03-01T04:00:00Z");
    private final DueTimes dueTimes = new DueTimes("mail.retries", new Deployment("postrider"), new Wall(() -> now));

    @Test
    void aRecordBeforeItsTimeMakesItsPartitionWait() {
        assertThat(dueTimes.reached(RETRY, record(RETRY, now.plusSeconds(30).toString())))
                .isFalse();

        assertThat(dueTimes.waiting()).containsExactly(RETRY);
        assertThat(dueTimes.atMost(Duration.ofMinutes(5))).isEqualTo(Duration.ofSeconds(30));
        assertThat(dueTimes.atMost(Duration.ofSeconds(5))).isEqualTo(Duration.ofSeconds(5));
    }

    @Test
    void whenTheClockGoesForwardItIsDue() {
        ConsumerRecord<?, ?> record =
                record(RETRY, now.plus(Duration.ofHours(24)).toString());
        assertThat(dueTimes.reached(RETRY, record)).isFalse();

        now = now.plus(Duration.ofDays(30));

        assertThat(dueTimes.waiting()).isEmpty();
        assertThat(dueTimes.reached(RETRY, record)).isTrue();
    }

    @Test
    void onARequestTopicTheHeaderIsAStrangers() {
        TopicPartition requests = new TopicPartition("mail.requests", 0);

        assertThat(dueTimes.reached(
                        requests, record(requests, now.plusSeconds(30).toString())))
                .isTrue();
        assertThat(dueTimes.waiting()).isEmpty();
    }

    @Test
    void whatAnotherDeploymentHasDeferredHoldsUpNothing() {
        ConsumerRecord<?, ?> record = record(RETRY, now.plusSeconds(30).toString());
        new Deployment("acme").sign(record.headers());

        assertThat(dueTimes.isAnothers(record)).isTrue();
        assertThat(dueTimes.reached(RETRY, record)).isTrue();
        assertThat(dueTimes.waiting()).isEmpty();
    }

    @Test
    void onARequestTopicTheSignatureIsAStrangers() {
        TopicPartition requests = new TopicPartition("mail.requests", 0);
        ConsumerRecord<?, ?> record = record(requests, now.toString());
        new Deployment("acme").sign(record.headers());

        assertThat(dueTimes.isAnothers(record)).isFalse();
    }

    @Test
    void aTimeNobodyCanReadHoldsUpNothing() {
        assertThat(dueTimes.reached(RETRY, record(RETRY, "tomorrow"))).isTrue();
    }

    @Test
    void aTimeFarBeyondTheDelayIsThatOfAClockThatWasAhead() {
        ConsumerRecord<?, ?> record = record(RETRY, "2099-01-01T00:00:00Z");

        assertThat(dueTimes.reached(RETRY, record)).isFalse();
        now = now.plus(Duration.ofHours(49));
        assertThat(dueTimes.reached(RETRY, record)).isTrue();
    }

    @Test
    void aBrokerWhoseClockIsBehindLetsNothingComeEarly() {
        ConsumerRecord<?, ?> record =
                record(RETRY, now.plus(Duration.ofHours(24)).toString(), now.minus(Duration.ofDays(3)));

        assertThat(dueTimes.reached(RETRY, record)).isFalse();
    }

    private ConsumerRecord<Object, Object> record(TopicPartition partition, String due) {
        return record(partition, due, now);
    }

    private static ConsumerRecord<Object, Object> record(TopicPartition partition, String due, Instant written) {
        ConsumerRecord<Object, Object> record = new ConsumerRecord<>(
                partition.topic(),
                partition.partition(),
                17,
                written.toEpochMilli(),
                TimestampType.LOG_APPEND_TIME,
                0,
                0,
                null,
                null,
                new RecordHeaders(),
                Optional.empty());
        record.headers().add("postrider-due", due.getBytes(UTF_8));
        return record;
    }

    /** A clock a test can put forward. */
    private static final class Wall extends Clock {

        private final InstantSource source;

        Wall(InstantSource source) {
            this.source = source;
        }

        @Override
        public Instant instant() {
            return source.instant();
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }
}
