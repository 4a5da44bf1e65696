package dev.postrider.kafka;

import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.producer.ProducerConfig;

/** Producers of records that must not be lost: acknowledged by all in-sync replicas, none twice, in order. */
public final class SafeProducer {

    private SafeProducer() {}

    /**
     * @param kafka settings of a client: brokers and security
     * @return the caller's, to add to
     */
    public static Map<String, Object> settings(Map<String, Object> kafka) {
        Map<String, Object> settings = new HashMap<>(kafka);
        settings.put(ProducerConfig.ACKS_CONFIG, "all");
        settings.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, "true");
        // With more, a partition that is coming up may refuse one batch and take the next. The first is then out of
        // order, and is tried until the delivery timeout is over (KAFKA-15591).
        settings.put(ProducerConfig.MAX_IN_FLIGHT_REQUESTS_PER_CONNECTION, "1");
        // What is stored late may be relayed again after a crash. With one request in flight, what comes meanwhile goes
        // together with the next one anyway.
        settings.put(ProducerConfig.LINGER_MS_CONFIG, "0");
        return settings;
    }
}
