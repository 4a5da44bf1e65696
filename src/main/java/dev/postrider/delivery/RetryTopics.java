package dev.postrider.delivery;

import static dev.postrider.delivery.SafeStore.put;

import dev.postrider.intake.KafkaConfig;
import dev.postrider.submission.PostriderHeaders;
import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * Stores deferred requests, and those that came before their time, on the topic of their delay. One topic for each delay,
 * so that on each of them records are due in the order they stand in. Thread-safe.
 */
@Singleton
@Named("retryTopics")
@RegisterForReflection
public class RetryTopics {

    private final SafeStore store;
    private final KafkaConfig config;
    private final UntilStored untilStored;

    private final GivenUpDeferrals givenUp;

    RetryTopics(SafeStore store, KafkaConfig config, UntilStored untilStored, GivenUpDeferrals givenUp) {
        this.store = store;
        this.config = config;
        this.untilStored = untilStored;
        this.givenUp = givenUp;
    }

    /** Returns when the broker has it; or its dead letter, when it is too large for the topic and always will be. */
    public void store(Settlement settlement) {
        Deferral deferral = settlement.deferral().orElseThrow();
        String topic = topic(config, deferral.next().delay());
        ProducerRecord<byte[], byte[]> record = SafeStore.copy(
                topic,
                deferral.arrival(),
                deferral.history(),
                deferral.arrival().content());
        put(record.headers(), PostriderHeaders.DUE, deferral.next().due().toString());
        put(
                record.headers(),
                PostriderHeaders.ATTEMPTS,
                Integer.toString(deferral.history().attempts().size()));
        deferral.history()
                .lastAttempt()
                .ifPresent(attempt -> put(record.headers(), PostriderHeaders.REPLY, attempt.reply()));
        AtomicBoolean tooLarge = new AtomicBoolean();
        untilStored.store(
                "store on " + topic + " the deferred "
                        + deferral.arrival().origin().name(),
                () -> {
                    try {
                        store.store(record);
                    } catch (ExecutionException e) {
                        if (!SafeStore.isTooLarge(e)) {
                            throw e;
                        }
                        tooLarge.set(true);
                    }
                });
        if (tooLarge.get()) {
            givenUp.tooLarge(settlement, topic);
        }
    }

    /** The topic of a delay: {@code mail.retries.5m}. */
    public static String topic(KafkaConfig config, Duration delay) {
        return config.retriesTopicsPrefix() + "." + word(delay);
    }

    /** In the largest unit that expresses it: 90s, 5m, 24h. */
    private static String word(Duration delay) {
        for (TimeUnit unit : List.of(TimeUnit.HOURS, TimeUnit.MINUTES, TimeUnit.SECONDS)) {
            Duration one = Duration.of(1, unit.toChronoUnit());
            if (delay.toNanos() % one.toNanos() == 0) {
                return delay.dividedBy(one) + unit.name().substring(0, 1).toLowerCase(Locale.ROOT);
            }
        }
        return delay.toMillis() + "ms";
    }
}
