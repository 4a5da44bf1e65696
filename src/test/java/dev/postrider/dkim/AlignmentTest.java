package dev.postrider.dkim;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postrider.fixture.Overheard;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AlignmentTest {

    private final Overheard log = Overheard.of(Alignment.class);
    private final Alignment alignment = new Alignment();

    @AfterEach
    void listenNoMore() {
        log.close();
    }

    @ParameterizedTest
    @CsvSource({
        "shop.example,       shop.example",
        "shop.example,       bounces.shop.example",
        "news.shop.example,  shop.example",
        "news.shop.example,  bounces.shop.example",
        "news.shop.co.uk,    bounces.shop.co.uk"
    })
    void domainsOfOneOrganizationAlign(String from, String reversePath) {
        assertThat(Alignment.sameOrganization(from, reversePath)).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "shop.example, shop.test",
        "shop.co.uk, bank.co.uk",
        "a.com.tr, b.com.tr",
        "myshop.example, shop.example"
    })
    void domainsOfOthersDoNot(String from, String reversePath) {
        assertThat(Alignment.sameOrganization(from, reversePath)).isFalse();
    }

    @Test
    void whatNothingVouchesForIsSaidOncePerPair() {
        for (int i = 0; i < 3; i++) {
            alignment.look("shop.example", Optional.of("bounces.test"), Optional.empty());
        }

        assertThat(log.messages())
                .singleElement()
                .asString()
                .startsWith(
                        "mail from shop.example is not signed here and returns to bounces.test: neither DKIM nor SPF");
    }

    @Test
    void thatASignatureStandsAloneIsSaidToo() {
        alignment.look("shop.example", Optional.of("bounces.test"), Optional.of("shop.example"));

        assertThat(log.messages())
                .singleElement()
                .asString()
                .startsWith("mail from shop.example returns to bounces.test: SPF does not vouch for shop.example");
    }

    @Test
    void whatAlignsAndTheNullPathAreNotMentioned() {
        alignment.look("shop.example", Optional.of("bounces.shop.example"), Optional.empty());
        alignment.look("shop.example", Optional.empty(), Optional.of("shop.example"));

        assertThat(log.messages()).isEmpty();
    }
}
