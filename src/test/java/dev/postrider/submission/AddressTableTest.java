package dev.postrider.submission;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.postrider.fixture.AddressCase;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every address of {@code addresses.tsv} is accepted or refused as it says there. */
class AddressTableTest {

    /** Half a character has no other way into a request. */
    private static final JsonMapper JSON = JsonMapper.builder()
            .configure(JsonWriteFeature.ESCAPE_NON_ASCII.mappedFeature(), true)
            .build();

    private static final RequestReader READER = new RequestReader(RequestLimits.defaults(), AttachmentsRoot.none());

    @Test
    void theTableIsLongAndHasEachAddressOnce() {
        assertThat(cases()).hasSizeGreaterThan(200);
        assertThat(new HashSet<>(cases().stream().map(AddressCase::address).toList()))
                .hasSameSizeAs(cases());
        assertThat(cases()).allMatch(address -> !address.why().isBlank());
    }

    /** What the RFC knows and we refuse is refused for a reason; what it does not know, and we accept, cannot be misread. */
    @Test
    void whereWeDifferFromTheRfcIsCounted() {
        assertThat(cases())
                .filteredOn(address -> address.valid() && !address.accepted())
                .hasSize(25);
        assertThat(cases())
                .filteredOn(address -> !address.valid() && address.accepted())
                .hasSize(2)
                .allMatch(address -> address.why().contains("one way to read"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cases")
    void theSyntaxDecidesAsTheTableSays(AddressCase address) {
        assertThat(AddressSyntax.faultOf(address.address()).isEmpty()).isEqualTo(address.accepted());
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cases")
    void aRequestIsReadOrRefusedByIt(AddressCase address) throws Exception {
        reads(address, Map.of("address", address.address()));
        if (!address.address().endsWith(">")) { // Which is a name with an address.
            reads(address, address.address());
        }
    }

    private static void reads(AddressCase address, Object mailbox) throws JsonProcessingException {
        String request =
                JSON.writeValueAsString(Map.of("from", "shop@example.com", "to", List.of(mailbox), "text", ""));
        try {
            SendRequest read = READER.read(Arrivals.record(request));

            assertThat(address.accepted()).as("accepted").isTrue();
            assertThat(read.to()).containsExactly(new Mailbox("", address.address()));
        } catch (InvalidRequest refused) {
            assertThat(address.accepted()).as(refused.getMessage()).isFalse();
            assertThat(refused).hasMessageMatching("mail.requests-0@17: .*");
        }
    }

    static List<AddressCase> cases() {
        return AddressCase.all();
    }
}
