package dev.postrider.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.postrider.dkim.Alignment;
import dev.postrider.dkim.DkimConfig.Unsigned;
import dev.postrider.fixture.DkimKey;
import dev.postrider.submission.Arrival;
import dev.postrider.submission.Envelope;
import dev.postrider.submission.Origin;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The reverse-path that the operator gives, and what is said of it before the first message. */
class ReturnPathTest {

    private static final DkimKey SHOP = DkimKey.ed25519("shop.example", "e");
    private static final DkimKey BANK = DkimKey.ed25519("bank.test", "e");
    private static final String SHOP_RESTS_ON_ITS_SIGNATURE = "mail from shop.example returns to bounces.bank.test: SPF"
            + " does not vouch for shop.example (RFC 7489), so DMARC rests on the signature of shop.example alone";

    @TempDir
    private Path folder;

    private final Logger log = Logger.getLogger(Alignment.class.getName());
    private final List<String> said = new ArrayList<>();
    private final Handler ears = new Handler() {
        @Override
        public void publish(LogRecord line) {
            said.add(line.getLevel() + " "
                    + (line.getParameters() == null
                            ? line.getMessage()
                            : line.getMessage().formatted(line.getParameters())));
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    };

    @BeforeEach
    void listen() {
        log.addHandler(ears);
        log.setUseParentHandlers(false);
        log.setLevel(Level.INFO);
    }

    @AfterEach
    void listenNoMore() {
        log.removeHandler(ears);
        log.setUseParentHandlers(true);
        log.setLevel(null);
    }

    @ParameterizedTest
    @CsvSource({
        "'',                   ,             bounces@bank.test",
        "mailer@shop.example,  ,             bounces@bank.test",
        "'',                   own@shop.test, own@shop.test",
        "'',                   '',           ''",
    })
    void itIsTheDefaultAndNoMore(String sender, String asked, String reversePath) throws Exception {
        Draft draft = new Draft();
        if (!sender.isEmpty()) {
            draft.sender(Draft.mailbox(sender));
        }
        if (asked != null) {
            draft.returnPath(asked);
        }

        assertThat(compose(draft, "bounces@bank.test").envelope())
                .isEqualTo(new Envelope(reversePath, List.of("ada@example.org")));
    }

    @Test
    void itsDomainGoesOutInAscii() throws Exception {
        assertThat(compose(new Draft(), "bounces@bücher.example").envelope().reversePath())
                .isEqualTo("bounces@xn--bcher-kva.example");
    }

    @ParameterizedTest
    @ValueSource(strings = {"bounces", "Bounces <bounces@bank.test>", "<>", "bounces@[192.0.2.1]", "a@b\r\nRCPT"})
    void whatIsNoAddressStopsTheStart(String returnPath) {
        assertThatThrownBy(() -> composer(returnPath))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("postrider.message.return-path: ")
                .hasMessageNotContaining("\n");
    }

    @Test
    void whatDoesNotAlignWithADomainThatSignsIsSaidAtTheStartAndThenNotAgain() throws Exception {
        MessageSigner signer = new Signing(folder).with(SHOP).with(BANK).signer();

        signer.foresee("bounces@Bounces.BANK.test");

        assertThat(said)
                .filteredOn(line -> line.startsWith("WARN"))
                .containsExactly("WARN " + SHOP_RESTS_ON_ITS_SIGNATURE);

        said.clear();
        signer.sign(compose(new Draft().from(Draft.mailbox("a@shop.example")), "bounces@bounces.bank.test"));
        signer.sign(compose(new Draft().from(Draft.mailbox("a@bank.test")), "bounces@bounces.bank.test"));

        assertThat(said).isEmpty();
    }

    @Test
    void whatMailFromOtherDomainsMeetsIsSaidUnlessThereIsNoSuchMail() {
        new Signing(folder).with(BANK).signer().foresee("bounces@bank.test");

        assertThat(said)
                .singleElement()
                .asString()
                .startsWith("INFO mail from a domain without a key in postrider.dkim.domains is not signed here and"
                        + " returns to bank.test, unless its request names a returnPath: neither DKIM nor SPF");

        said.clear();
        new Signing(folder).with(BANK).unsigned(Unsigned.REFUSE).signer().foresee("bounces@bank.test");

        assertThat(said).isEmpty();
    }

    private static ComposedMessage compose(Draft draft, String returnPath) throws Uncomposable {
        Arrival arrival = new Arrival(new Origin.InboxFile(Path.of("order.json"), "order.json"), new byte[0], () -> {});
        return composer(returnPath).compose(draft.request(), arrival);
    }

    private static MessageComposer composer(String returnPath) {
        return new MessageComposer(Clock.systemUTC(), Optional.empty(), Optional.of(returnPath));
    }
}
