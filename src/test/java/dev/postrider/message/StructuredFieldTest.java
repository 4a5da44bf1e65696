package dev.postrider.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.james.mime4j.dom.address.Mailbox;
import org.apache.james.mime4j.field.address.LenientAddressParser;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Extra fields with a grammar: what cannot stand in them is refused, and long ones are folded where that is allowed. */
class StructuredFieldTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Disposition-Notification-To",
                "Return-Receipt-To",
                "errors-to",
                "X-Errors-To",
                "X-Complaints-To",
                "X-Confirm-Reading-To",
                "Mail-Followup-To",
                "Mail-Reply-To"
            })
    void ofAMailboxOnlyThePhraseIsEncoded(String name) throws Exception {
        Wire wire = Wire.of(
                new Draft().header(name, "Jürgen <j@bücher.example>, \"Öz, \\\"A\\\"\" <o@b.example>,c@d.example"));

        List<Mailbox> read = LenientAddressParser.DEFAULT
                .parseAddressList(wire.unfolded(name))
                .flatten();
        assertThat(read).extracting(Mailbox::getName).containsExactly("Jürgen", "Öz, \"A\"", null);
        assertThat(read)
                .extracting(Mailbox::getAddress)
                .containsExactly("j@xn--bcher-kva.example", "o@b.example", "c@d.example");
        assertThat(wire.headerLines()).allMatch(line -> line.length() <= 78);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            Disposition-Notification-To | ayşe@b.example          | must have ASCII before the @ of its addresses
            Return-Receipt-To           | Ö <a@b.example> (ü)     | must be a list of local@domain or Name <local@domain>: not an address
            Errors-To                   | Fehler: ü@b.example;    | must be a list of local@domain or Name <local@domain>: not an address
            References                  | <ü@b.example>           | must be ASCII: no other characters can stand in this field
            In-Reply-To                 | <a@bücher.example>      | must be ASCII
            Auto-Submitted              | für-dich                | must be ASCII
            Archived-At                 | <https://b.example/ü>   | must be ASCII
            List-Post                   | <mailto:ü@b.example>    | must be ASCII
            list-unsubscribe            | <https://b.example/ü>   | must be ASCII
            List-Id                     | Nachrichten für alle    | must be a phrase and an identifier in ASCII
            List-Id                     | Für alle <ü.b.example>  | must be a phrase and an identifier in ASCII
            """)
    void whatCannotStandThereIsRefusedByTheNameOfTheField(String name, String value, String rule) {
        assertThatThrownBy(() -> Wire.of(new Draft().header(name, value)))
                .isInstanceOf(Uncomposable.class)
                .hasMessageStartingWith("headers." + name + ": " + rule);
    }

    @Test
    void keywordsAreEncodedOneByOne() throws Exception {
        Wire wire = Wire.of(new Draft().header("Keywords", "Bücher, \"Tee, grün\", plain words"));

        assertThat(wire.unfolded("Keywords"))
                .isEqualTo("=?UTF-8?Q?B=C3=BCcher?=, =?UTF-8?Q?Tee=2C_gr=C3=BCn?=, plain words");
    }

    @Test
    void ofAListIdOnlyThePhraseIsEncoded() throws Exception {
        Wire wire = Wire.of(new Draft().header("List-Id", "Für alle <news.b.example>"));

        assertThat(wire.unfolded("List-Id")).isEqualTo("=?UTF-8?Q?F=C3=BCr_alle?= <news.b.example>");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            Disposition-Notification-To | =?UTF-8?Q?J=C3=BCrgen?= <j@b.example>
            Errors-To                   | (a comment) a@b.example, group: c@d.example;
            Keywords                    | =?UTF-8?Q?B=C3=BCcher?=, plain
            List-Post                   | NO (posting not allowed)
            """)
    void whatIsInAsciiStaysAsItIs(String name, String value) throws Exception {
        assertThat(Wire.of(new Draft().header(name, value)).field(name)).containsExactly(name + ": " + value);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            References    | ' ' | <%d.12345678901234567890@b.example>
            References    | ''  | <%d.12345678901234567890@b.example>
            In-Reply-To   | ''  | <%d.12345678901234567890@b.example>
            Errors-To     | ,   | recipient-%d@b.example
            Keywords      | ,   | word-%d
            List-Archive  | ,   | <https://b.example/a,b/%d>
            """)
    void aLongFieldIsFoldedWhereItsGrammarHasAPlaceForIt(String name, String between, String part) throws Exception {
        String value = IntStream.range(0, 80).mapToObj(part::formatted).collect(Collectors.joining(between));
        Wire wire = Wire.of(new Draft().header(name, value));

        assertThat(wire.field(name)).hasSizeGreaterThan(5).allMatch(line -> line.length() <= 78);
        assertThat(wire.unfolded(name).replace(" ", "")).isEqualTo(value.replace(" ", ""));
        // No fold within brackets: there a space would be part of what stands in them.
        assertThat(wire.unfolded(name)).doesNotContainPattern("<[^>]* [^>]*>");
    }

    @ParameterizedTest
    @ValueSource(strings = {"References", "List-Unsubscribe", "Errors-To", "Auto-Submitted"})
    void whatHasNoPlaceToFoldIsRefused(String name) {
        assertThatThrownBy(() -> Wire.of(new Draft().header(name, "<" + "x".repeat(997) + ">")))
                .isInstanceOf(Uncomposable.class)
                .hasMessage(
                        "headers." + name + ": has more than 997 characters without a place to fold (RFC 5322 §2.1.1)");
    }
}
