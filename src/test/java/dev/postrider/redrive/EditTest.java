package dev.postrider.redrive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.header.Header;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EditTest {

    private static final List<Header> ADA_IS_LEFT = Letters.refused("ada@example.org", "550 5.1.1 no such user");
    private static final List<Header> ALL_ARE_LEFT =
            Letters.headers("postrider-id", "order-17", "postrider-reason", "invalid-request");

    @Test
    void withoutAnEditItGoesBackByteForByte() throws Exception {
        Outgoing outgoing = Edit.NONE.apply(Letters.letter(ADA_IS_LEFT, "no JSON, for that"));

        assertThat(outgoing.content())
                .hasValueSatisfying(bytes -> assertThat(bytes).asString().isEqualTo("no JSON, for that"));
        assertThat(outgoing.recipients()).containsExactly("ada@example.org");
        assertThat(outgoing.edited()).isFalse();
    }

    @Test
    void aRecipientWhoIsLeftOverGetsAnotherAddressAndKeepsTheName() throws Exception {
        Outgoing outgoing =
                replace("ada@example.org", "ada@example.net").apply(Letters.letter(ADA_IS_LEFT, Letters.REQUEST));

        assertThat(outgoing.recipients()).containsExactly("ada@example.net");
        assertThat(outgoing.changes())
                .containsExactly(
                        "to: [\"Ada <ada@example.org>\",{\"name\":\"Grace\",\"address\":\"grace@example.org\"}]"
                                + " -> [\"Ada <ada@example.net>\",{\"name\":\"Grace\",\"address\":\"grace@example.org\"}]");
        assertThat(tree(outgoing).path("id").asText()).isEqualTo("order-17");
    }

    @Test
    void aRecipientWrittenAsAnObjectKeepsTheNameToo() throws Exception {
        Outgoing outgoing =
                replace("grace@EXAMPLE.org", "g@example.net").apply(Letters.letter(ALL_ARE_LEFT, Letters.REQUEST));

        assertThat(tree(outgoing).at("/to/1").toString())
                .isEqualTo("{\"name\":\"Grace\",\"address\":\"g@example.net\"}");
        assertThat(outgoing.recipients()).as("all that the request names").isEmpty();
    }

    @Test
    void theRelayIsToldTheDomainInAscii() throws Exception {
        List<Header> left = Letters.refused("ada@xn--bcher-kva.example", "550 5.1.1 no");
        String request =
                "{\"from\": \"a@example.com\", \"to\": [\"ada@bücher.example\", \"b@example.org\"], \"text\": \"\"}";

        Outgoing outgoing = replace("ada@bücher.example", "ada@büro.example").apply(Letters.letter(left, request));

        assertThat(outgoing.recipients()).containsExactly("ada@xn--bro-hoa.example");
        assertThat(tree(outgoing).at("/to/0").asText()).isEqualTo("ada@büro.example");
    }

    @Test
    void nobodyGetsItTwice() {
        // Grace has it; to give her Ada's copy as well would be a second one.
        assertThatThrownBy(() -> replace("ada@example.org", "grace@example.org")
                        .apply(Letters.letter(ADA_IS_LEFT, Letters.REQUEST)))
                .isInstanceOf(Refused.class)
                .hasMessage("nobody would be left to send it to");
    }

    @Test
    void whoHasItAlreadyIsNotEdited() {
        assertThatThrownBy(() -> replace("grace@example.org", "g@example.net")
                        .apply(Letters.letter(ADA_IS_LEFT, Letters.REQUEST)))
                .isInstanceOf(Refused.class)
                .hasMessage("none of the recipients to edit is left over in it");
    }

    @Test
    void aRecipientIsLeftOut() throws Exception {
        Edit edit = new Edit(Map.of(), List.of("archive@example.com"), Map.of(), List.of());

        Outgoing outgoing = edit.apply(Letters.letter(ALL_ARE_LEFT, Letters.REQUEST));

        assertThat(outgoing.changes()).containsExactly("bcc: [\"archive@example.com\"] -> []");
    }

    @Test
    void whoWouldLeaveNobodyIsRefused() {
        Edit edit = new Edit(Map.of(), List.of("ada@example.org"), Map.of(), List.of());

        assertThatThrownBy(() -> edit.apply(Letters.letter(ADA_IS_LEFT, Letters.REQUEST)))
                .isInstanceOf(Refused.class)
                .hasMessage("nobody would be left to send it to");
    }

    @Test
    void fieldsGetAnotherTextOrGo() throws Exception {
        Edit edit = new Edit(Map.of(), List.of(), Map.of("subject", "Order 17"), List.of("text"));

        Outgoing outgoing = edit.apply(Letters.letter(ADA_IS_LEFT, Letters.REQUEST));

        assertThat(outgoing.changes())
                .containsExactly("subject: \"Ordr 17\" -> \"Order 17\"", "text: \"Thank you.\" -> (none)");
        assertThat(outgoing.recipients()).containsExactly("ada@example.org");
    }

    /** The default id is made of the place and the content, and both change. */
    @Test
    void aRequestThatNamesNoIdKeepsTheOneItHad() throws Exception {
        Edit edit = new Edit(Map.of(), List.of(), Map.of("subject", "Order 17"), List.of());
        String request = "{\"from\": \"a@example.com\", \"to\": [\"ada@example.org\"], \"text\": \"\"}";

        Outgoing outgoing = edit.apply(Letters.letter(ADA_IS_LEFT, request));

        assertThat(tree(outgoing).path("id").asText()).isEqualTo("order-17");
    }

    @Test
    void whatAnEditDoesNotChangeIsNotRedrivenByIt() {
        Edit edit = new Edit(Map.of(), List.of(), Map.of("subject", "Ordr 17"), List.of());

        assertThatThrownBy(() -> edit.apply(Letters.letter(ADA_IS_LEFT, Letters.REQUEST)))
                .isInstanceOf(Refused.class)
                .hasMessage("the edit changes nothing in it");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Subject: a mail\n\nText",
                "[]",
                "{\"to\": [\"ada@example.org\"], \"to\": []}",
                "{\"specversion\": \"1.0\", \"data\": {}}",
                "{} {}",
                ""
            })
    void onlyARequestInJsonCanBeEdited(String content) {
        Edit edit = new Edit(Map.of(), List.of(), Map.of("subject", "x"), List.of());

        assertThatThrownBy(() -> edit.apply(Letters.letter(ADA_IS_LEFT, content)))
                .isInstanceOf(Refused.class)
                .hasMessage("only a send request in JSON can be edited");
    }

    private static Edit replace(String old, String successor) {
        return new Edit(Map.of(old, successor), List.of(), Map.of(), List.of());
    }

    private static JsonNode tree(Outgoing outgoing) {
        return Json.object(outgoing.content().orElseThrow()).orElseThrow();
    }
}
