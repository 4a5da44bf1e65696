package dev.postrider.redrive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.kafka.common.header.Header;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class MendingTest {

    private static final List<Header> ALL_ARE_LEFT =
            Letters.headers("postrider-id", "order-17", "postrider-reason", "invalid-request");

    @ParameterizedTest
    @MethodSource
    void whatWouldNotBeValidIsRefused(Edit edit, String fault) {
        assertThatThrownBy(() -> new Mending(edit).apply(Letters.letter(ALL_ARE_LEFT, Letters.REQUEST)))
                .isInstanceOf(Refused.class)
                .hasMessage("edited like that it would not be valid: " + fault);
    }

    static Stream<Arguments> whatWouldNotBeValidIsRefused() {
        return Stream.of(
                arguments(
                        set("sendAt", "soon"),
                        "$.sendAt: must be a time with date and offset such as 2026-03-01T09:00:00+01:00 (RFC 3339)"
                                + " (\"soon\")"),
                arguments(
                        set("subject", "Hi\nBcc: x@example.org"),
                        "$.subject: must be one line without control characters"),
                arguments(
                        new Edit(Map.of("ada@example.org", "ada@"), List.of(), Map.of(), List.of()),
                        "$.to[0]: not an address: domain missing (\"Ada <ada@>\")"),
                arguments(
                        new Edit(Map.of(), List.of(), Map.of(), List.of("to", "bcc")),
                        "$.to: at least one recipient in 'to', 'cc' or 'bcc'"));
    }

    @Test
    void theAttachmentsAreLeftToTheApplication() throws Exception {
        String request = Letters.REQUEST.replace(
                "\"subject\"", "\"attachments\": [{\"filename\": \"a.pdf\", \"file\": \"a.pdf\"}], \"subject\"");

        Outgoing outgoing = new Mending(set("subject", "Order 17")).apply(Letters.letter(ALL_ARE_LEFT, request));

        assertThat(Json.object(outgoing.content().orElseThrow()).orElseThrow().path("attachments"))
                .hasSize(1);
    }

    /** It may be valid to an application of another release. */
    @Test
    void whatGoesBackAsItWasIsNotLookedAt() throws Exception {
        Outgoing outgoing = new Mending(Edit.NONE).apply(Letters.letter(ALL_ARE_LEFT, "no JSON, for that"));

        assertThat(outgoing.edited()).isFalse();
    }

    private static Edit set(String field, String text) {
        return new Edit(Map.of(), List.of(), Map.of(field, text), List.of());
    }
}
