package dev.postrider.submission;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.fasterxml.jackson.databind.node.TextNode;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Which mailboxes are read, and as what; and which are refused. */
class AddressTest {

    @ParameterizedTest
    @MethodSource
    void isRead(String text, String name, String address) {
        Violations violations = new Violations();

        assertThat(MailboxReader.read(new Field("$.from", TextNode.valueOf(text)), violations))
                .contains(new Mailbox(name, address));
        assertThat(violations).hasToString("");
    }

    static Stream<Arguments> isRead() {
        return Stream.of(
                bare("ada@example.org"),
                bare("Ada.Lovelace+orders@EXAMPLE.org"),
                bare("o'hara_{x}|y~z=1/2!#$%&*?^`-@example.org"),
                bare("1@2.org"),
                bare("root@mailhost"),
                bare("ada@xn--r8jz45g.xn--zckzah"),
                bare("葉子@例え.テスト"),
                bare("ada@bücher.example"),
                bare("😀@example.org"),
                bare("\"ada lovelace\"@example.org"),
                bare("\"a@b\\\"c\\\\d\"@example.org"),
                bare("\"a>\"@example.org"),
                bare("a".repeat(64) + "@example.org"),
                bare("a@" + ("b".repeat(61) + ".").repeat(4) + "org"),
                arguments("<ada@example.org>", "", "ada@example.org"),
                arguments("Ada <ada@example.org>", "Ada", "ada@example.org"),
                arguments("Ada<ada@example.org>", "Ada", "ada@example.org"),
                arguments("  Ada K.  Lovelace  <ada@example.org>", "Ada K.  Lovelace", "ada@example.org"),
                arguments("Žofie Österreich-葉子 <ada@example.org>", "Žofie Österreich-葉子", "ada@example.org"),
                arguments("\"Lovelace, Ada\" <ada@example.org>", "Lovelace, Ada", "ada@example.org"),
                arguments(
                        "\"Ada \\\"Countess\\\" \\\\ (L.)\"<ada@example.org>",
                        "Ada \"Countess\" \\ (L.)",
                        "ada@example.org"),
                arguments("\"葉, 子\" <葉子@例え.テスト>", "葉, 子", "葉子@例え.テスト"),
                arguments("\"\" <ada@example.org>", "", "ada@example.org"),
                arguments("Ada <\"a <b>\"@example.org>", "Ada", "\"a <b>\"@example.org"));
    }

    @ParameterizedTest
    @MethodSource
    void isRefused(String text, String rule) {
        Violations violations = new Violations();

        assertThat(MailboxReader.read(new Field("$.from", TextNode.valueOf(text)), violations))
                .isEmpty();
        assertThat(violations.toString()).startsWith("$.from: ").contains(rule).contains("(\"");
    }

    static Stream<Arguments> isRefused() {
        String bare = "a bare local@domain is asked for";
        String named = "neither local@domain nor Name <local@domain>";
        String local = "neither dot-string nor quoted string before the @";
        return Stream.of(
                arguments("", "address too short"),
                arguments("ada", "missing at symbol"),
                arguments("ada@", "not an address"),
                arguments("@example.org", "not an address"),
                arguments("ada@@example.org", "multiple at symbols"),
                arguments("ada@lovelace@example.org", "multiple at symbols"),
                arguments("ada@example.org,grace@example.org", "invalid domain character"),
                arguments("ada@example.org.", "ends with dot"),
                arguments("ada.@example.org", "local part ends with dot"),
                arguments(".ada@example.org", "starts with dot"),
                arguments("ada..l@example.org", "multiple dot separators"),
                arguments("ada@example..org", "multiple dot separators"),
                arguments("ada@-example.org", "domain part starts with dash"),
                arguments("ada@example-.org", "domain part ends with dash"),
                arguments("ada@example_1.org", "invalid domain character"),
                arguments("ada@" + "b".repeat(64) + ".org", "domain part too long"),
                arguments("a".repeat(65) + "@example.org", "local part too long"),
                arguments("ä".repeat(33) + "@example.org", "more than 64 octets before the @"),
                arguments("a@" + ("b".repeat(62) + ".").repeat(4) + "org", "more than 254 octets"),
                arguments("a@" + "ä.".repeat(80) + "example", "more than 254 octets with the domain in ASCII"),
                arguments("ada lovelace@example.org", "invalid whitespace"),
                arguments(" ada@example.org", "invalid whitespace"),
                arguments("ada@example.org ", "invalid domain character"),
                arguments("ada@ example.org", "invalid domain character"),
                arguments("ada @example.org", local),
                arguments("a\tb@example.org", "disallowed unquoted character"),
                arguments("a\r\n@example.org", local),
                arguments("a\0@example.org", local),
                arguments("ada@example.org\r\nRCPT TO:<eve@example.org>", named),
                arguments("ada@example.org\r\nDATA", "not an address"),
                arguments("Ada <ada@example.org\r\n>", named),
                arguments("ada@example.org\n", "invalid domain character"),
                arguments("1-@x.vb-\n", "invalid domain"),
                arguments("a\u202eb@example.org", local),
                arguments("a\u00a0b@example.org", local),
                arguments("\"ada@example.org", "missing at symbol"),
                arguments("a\"b@example.org", "invalid quote location"),
                arguments("\"\"@example.org", local),
                arguments("\"a\".b@example.org", local),
                arguments("\"a\nb\"@example.org", "not an address"),
                arguments("\"a\tb\"@example.org", local),
                arguments("a\\@b@example.org", local),
                arguments("=?utf-8?Q?ada?=@example.org", "encoded word in local part"),
                arguments("ada(lovelace)@example.org", bare),
                arguments("ada@example.org(home)", bare),
                arguments("@hop.example,@hop2.example:ada@example.org", bare),
                arguments("Ada <@hop.example:ada@example.org>", bare),
                arguments("Ada <<ada@example.org>>", bare),
                arguments("Ada <Lovelace <ada@example.org>>", bare),
                arguments("Ada <ada@example.org> (home)", "not an address"),
                arguments("Ada <ada@example.org", "not an address"),
                arguments("ada@example.org>", named),
                arguments("Ada <>", "address too short"),
                arguments("Lovelace, Ada <ada@example.org>", named),
                arguments("Ada (home) <ada@example.org>", named),
                arguments("ada@example.org <ada@example.org>", named),
                arguments("\"Lovelace, Ada <ada@example.org>", named),
                arguments("\"Ada\" Lovelace <ada@example.org>", named),
                arguments("team: ada@example.org, grace@example.org;", "not an address"),
                arguments("team: Ada <ada@example.org>", named),
                arguments("mailto:ada@example.org", "disallowed unquoted character"),
                arguments("ada@[192.0.2.1]", "address literals are not accepted"),
                arguments("ada@[IPv6:2001:db8::1]", "address literals are not accepted"),
                arguments("ada@192.0.2.1", "numeric tld"),
                arguments("ada@straße.example", "ambiguous"),
                arguments("ada@σς.example", "ambiguous"),
                arguments("ada@ｅxample.org", "ambiguous"),
                arguments("ada@example。org", "ambiguous"),
                arguments("ada@exa\u00admple.org", "invalid domain character"),
                arguments("ada@exa\u202emple.org", "invalid domain character"));
    }

    private static Arguments bare(String address) {
        return arguments(address, "", address);
    }
}
