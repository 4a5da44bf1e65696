package dev.postrider.intake;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.postrider.kafka.LastSeen;
import dev.postrider.submission.Arrival;
import dev.postrider.submission.History;
import dev.postrider.submission.Origin;
import dev.postrider.submission.PostriderHeaders;
import io.quarkus.runtime.configuration.DurationConverter;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.time.Duration;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.camel.component.kafka.KafkaConstants;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultMessage;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Anyone may write to a request topic: what only Postrider writes is believed where only Postrider writes. */
class TopicDoorTest {

    private static final String SOURCE =
            "\"source\":{\"topic\":\"mail.requests\",\"partition\":3,\"offset\":17,\"timestamp\":\"2026-03-01T04:00:00Z\"}";
    private static final String HISTORY = "{\"redrives\":1,\"recipients\":[\"ann@example.org\"],\"attempts\":["
            + "{\"at\":\"2026-03-01T04:00:00Z\",\"reply\":\"451 busy\"}]," + SOURCE + "}";

    private final KafkaConfig config = new SmallRyeConfigBuilder()
            .withConverter(Duration.class, 200, new DurationConverter())
            .withMapping(KafkaConfig.class, "postrider.kafka")
            .build()
            .getConfigMapping(KafkaConfig.class, "postrider.kafka");
    private final TopicDoor door = new TopicDoor(config);

    @Test
    void aRetryTopicTellsWhatBecameOfARequest() {
        Arrival arrival = door.accept(record("mail.retries.5m", HISTORY.getBytes(UTF_8)));

        assertThat(arrival.fault()).isEmpty();
        assertThat(arrival.origin().name()).isEqualTo("mail.requests-3@17");
        assertThat(arrival.history().recipients()).containsExactly("ann@example.org");
        assertThat(arrival.history().attempts()).hasSize(1);
    }

    @Test
    void aRequestTopicTellsOnlyWhatARedriveWrites() {
        Arrival arrival = door.accept(record("mail.requests", HISTORY.getBytes(UTF_8)));

        assertThat(arrival.fault()).isEmpty();
        assertThat(arrival.history().redrives()).isEqualTo(1);
        assertThat(arrival.history().recipients()).containsExactly("ann@example.org");
        assertThat(arrival.history().attempts()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\0\0\0\1",
                "{\"redrives\":-1}",
                "{\"attempts\":[{\"at\":\"+999999999-12-31T23:59:59Z\",\"reply\":\"451\"}]}",
                "{\"source\":{\"topic\":\"a\\n\\u001b[31mERROR\",\"partition\":0,\"offset\":1,"
                        + "\"timestamp\":\"2026-03-01T04:00:00Z\"}}"
            })
    void aForgedHistoryIsAFaultOfTheRecordAndNothingOfItIsBelieved(String forged) {
        for (String topic : new String[] {"mail.requests", "mail.retries.5m"}) {
            Arrival arrival = door.accept(record(topic, forged.getBytes(UTF_8)));

            assertThat(arrival.history()).isEqualTo(History.none());
            assertThat(arrival.origin().name()).isEqualTo(topic + "-0@9");
            assertThat(arrival.fault())
                    .hasValueSatisfying(fault -> assertThat(fault)
                            .startsWith("header postrider-history: ")
                            .matches("\\P{Cntrl}*"));
        }
    }

    @Test
    void moreRecipientsThanARequestMayHaveAreNotBelieved() {
        String recipients = IntStream.range(0, 20_000)
                .mapToObj(n -> "\"r" + n + "@example.org\"")
                .collect(Collectors.joining(","));

        Arrival arrival =
                door.accept(record("mail.requests", ("{\"recipients\":[" + recipients + "]}").getBytes(UTF_8)));

        assertThat(arrival.history().recipients()).isEmpty();
        assertThat(arrival.fault()).contains("header postrider-history: 'recipients' has more than 1000");
    }

    @Test
    void noneOfOurHeadersIsTakenForTheSenders() {
        DefaultMessage record = record("mail.requests", HISTORY.getBytes(UTF_8));
        ((RecordHeaders) record.getHeader(KafkaConstants.HEADERS))
                .add(PostriderHeaders.DUE, "9999-12-31T23:59:59Z".getBytes(UTF_8))
                .add(PostriderHeaders.CONTENT, "elsewhere".getBytes(UTF_8))
                .add("trace", null);

        assertThat(((Origin.TopicRecord) door.accept(record).origin()).headers())
                .extracting(Origin.Header::name)
                .containsExactly("trace");
    }

    private static DefaultMessage record(String topic, byte[] history) {
        DefaultMessage record = new DefaultMessage(new DefaultCamelContext());
        record.setHeader(KafkaConstants.HEADERS, new RecordHeaders().add(PostriderHeaders.HISTORY, history));
        record.setHeader(KafkaConstants.TOPIC, topic);
        record.setHeader(KafkaConstants.PARTITION, 0);
        record.setHeader(KafkaConstants.OFFSET, 9L);
        record.setHeader(KafkaConstants.TIMESTAMP, 1L);
        record.setHeader(
                KafkaConstants.MANUAL_COMMIT,
                new RecordReceipt(new PartitionProgress(), 9, new InFlight(1, 1), new LastSeen(Duration.ofHours(1))));
        record.setBody(new byte[0]);
        return record;
    }
}
