package dev.postrider.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.ClusterAuthorizationException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@SuppressWarnings("FutureReturnValueIgnored") // What became of the others is asked.
class LastingProducerTest {

    private final List<MockProducer<byte[], byte[]>> made = new ArrayList<>();
    private final CountDownLatch closed = new CountDownLatch(1);
    private final LastingProducer producer = new LastingProducer(() -> {
        made.add(new MockProducer<>(false, null, new ByteArraySerializer(), new ByteArraySerializer()) {
            @Override
            public void close(Duration timeout) {
                closing.run();
                super.close(timeout);
                closed.countDown();
            }
        });
        return made.get(made.size() - 1);
    });
    private Runnable closing = () -> {};

    static Stream<RuntimeException> survived() {
        return Stream.of(
                new TimeoutException("away"),
                new RecordTooLargeException("large"),
                new TopicAuthorizationException("mail.outcomes"));
    }

    @ParameterizedTest
    @MethodSource("survived")
    void afterAFailureThatItSurvivesItGoesOn(RuntimeException failure) {
        Future<?> first = producer.send(record());
        made.get(0).errorNext(failure);
        Future<?> second = producer.send(record());
        made.get(0).completeNext();

        assertThat(first).failsWithin(1, TimeUnit.SECONDS);
        assertThat(second).succeedsWithin(1, TimeUnit.SECONDS);
        assertThat(made).hasSize(1);
    }

    @Test
    void afterARefusalThatItDoesNotSurviveAnotherTakesItsPlace() throws InterruptedException {
        Future<?> refused = producer.send(record());
        made.get(0).errorNext(new ClusterAuthorizationException("no ACL"));
        Future<?> again = producer.send(record());
        made.get(1).completeNext();

        assertThat(refused).failsWithin(1, TimeUnit.SECONDS);
        assertThat(again).succeedsWithin(1, TimeUnit.SECONDS);
        assertThat(closed.await(1, TimeUnit.MINUTES)).isTrue();
        assertThat(made.get(0).closed()).isTrue();
    }

    /** As the client does it: its own thread fails what is left, and closing waits for that thread. */
    @Test
    @Timeout(value = 1, unit = TimeUnit.MINUTES, threadMode = ThreadMode.SEPARATE_THREAD)
    void closingFailsWhatIsLeftAndEnds() {
        Future<?> left = producer.send(record());
        closing = () -> CompletableFuture.runAsync(
                        () -> made.get(0).errorNext(new KafkaException("Producer is closed forcefully.")))
                .join();

        producer.close();

        assertThat(left).failsWithin(1, TimeUnit.SECONDS);
        assertThat(made.get(0).closed()).isTrue();
    }

    @Test
    @Timeout(value = 1, unit = TimeUnit.MINUTES, threadMode = ThreadMode.SEPARATE_THREAD)
    void theSenderDoesNotWaitForABrokenOneToClose() throws InterruptedException {
        CountDownLatch sentAgain = new CountDownLatch(1);
        closing = () -> {
            try {
                sentAgain.await();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        };
        producer.connect("mail.outcomes");
        made.get(0).sendException = new KafkaException("Cannot perform send because a previous request has failed");

        producer.send(record());
        producer.send(record());
        sentAgain.countDown();

        closed.await();
        assertThat(made).hasSize(2);
    }

    @Test
    void afterItsOwnCloseNoOtherIsMade() {
        producer.connect("mail.outcomes");
        producer.close();

        assertThat((Future<?>) producer.send(record())).failsWithin(1, TimeUnit.SECONDS);
        assertThat((Future<?>) producer.send(record())).failsWithin(1, TimeUnit.SECONDS);
        assertThat(made).hasSize(1);
    }

    @Test
    void itIsTheSameThatConnectsAndSends() {
        producer.connect("mail.outcomes");

        Future<?> stored = producer.send(record());
        made.get(0).completeNext();

        assertThat(stored).succeedsWithin(1, TimeUnit.SECONDS);
        assertThat(made).hasSize(1);
    }

    @Test
    void soItDoesAfterOneThatFailsBeforeItSends() {
        producer.send(record());
        made.get(0).sendException = new KafkaException("Cannot perform send because a previous request has failed");

        assertThat((Future<?>) producer.send(record())).failsWithin(1, TimeUnit.SECONDS);
        producer.send(record());

        assertThat(made).hasSize(2);
    }

    private static ProducerRecord<byte[], byte[]> record() {
        return new ProducerRecord<>("mail.outcomes", new byte[1]);
    }
}
