package dev.postrider.template;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.postrider.submission.SendRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What becomes of templates and data. */
class TemplatesTest {

    private static final String ORDER = """
        {"name": "Ada & <Co>", "order": {"id": "17", "total": 19.90, "note": null, "open": false, "tags": [],
         "items": [{"name": "Tea", "price": "4.20"}, {"name": "Cup", "price": "5.50", "quantity": 2}]}}""";

    @TempDir
    private Path folder;

    @Test
    void subjectTextAndHtmlAreFilledIn() throws Exception {
        template("order/subject.txt", "Order {order.id}\n");
        template("order/body.txt", "Hello {name}\n");
        template("order/body.html", "<p title=\"{name}\">Hello {name}</p>\n");

        SendRequest filled = filled(Calls.of("order", ORDER));

        assertThat(filled.subject()).isEqualTo("Order 17");
        assertThat(filled.text()).contains("Hello Ada & <Co>\n");
        assertThat(filled.html()).contains("<p title=\"Ada &amp; &lt;Co&gt;\">Hello Ada &amp; &lt;Co&gt;</p>\n");
        assertThat(filled.template()).isEmpty();
    }

    @Test
    void oneBodyIsEnoughAndASubjectOfTheRequestStays() throws Exception {
        template("order/subject.txt", "Order {order.id}");
        template("order/body.html", "<p>Hello</p>");

        SendRequest filled = filled(Calls.of("order", ORDER, "Mine"));

        assertThat(filled.subject()).isEqualTo("Mine");
        assertThat(filled.text()).isEmpty();
        assertThat(filled.html()).contains("<p>Hello</p>");
    }

    @Test
    void aRequestWithoutTemplateIsLeftAsItIs() throws Exception {
        SendRequest request = Calls.read("{'from': 'a@b.c', 'to': ['d@e.f'], 'subject': '{x}', 'text': '{y}'}");

        assertThat(filled(request)).isSameAs(request);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{order.total}                                            | 19.90",
                "{order.note}                                             | ``",
                "{order.open}                                             | false",
                "{#if order.open}yes{#else}no{/if}                        | no",
                "{#if order.note}yes{#else}no{/if}                        | no",
                "{#if order.url??}yes{#else}no{/if}                       | no",
                "{#if order.total > 19 && order.id == '17'}yes{/if}       | yes",
                "{order.url ?: 'none'}                                    | none",
                "{order.note or 'none'}                                   | none",
                "{order.open ? 'yes' : 'no'}                              | no",
                "{#for i in order.items}{i_count}:{i.name}{#if i_hasNext}, {/if}{/for} | 1:Tea, 2:Cup",
                "{#each order.items}{it.name},{/each}                     | Tea,Cup,",
                "{#for i in order.tags}{i}{#else}none{/for}               | none",
                "{#for i in order.colours.orEmpty}{i}{/for}none           | none",
                "{#for e in order.items.0}{e.key}={e.value};{/for}        | name=Tea;price=4.20;",
                "{order.items.size} {order.items.first.name} {order.items.last.name} {order.items.1.name} {order.items[1].name} {order.tags.isEmpty} | 2 Tea Cup Cup Cup true",
                "{#let n=order.items.size}{n + 1}{/let}                   | 3",
                "{#when order.id}{#is '17'}yes{#else}no{/when}            | yes",
                "{name.raw}                                               | Ada & <Co>",
                "{! no word !}\\{name}                                    | {name}",
                "{data:order.id}                                          | 17",
            })
    void theLanguageIsQute(String template, String rendered) throws Exception {
        template("order/body.html", template);

        assertThat(filled(Calls.of("order", ORDER)).html()).contains(rendered);
    }

    @ParameterizedTest
    @MethodSource
    void whatIsMissingIsToldWithPathFileAndLine(String template, String fault) throws Exception {
        template("order/body.txt", "Hello,\n\n" + template);

        assertThat(refusal("order", ORDER)).isEqualTo("mail.requests-0@17: " + fault);
    }

    static Stream<Arguments> whatIsMissingIsToldWithPathFileAndLine() {
        String at = "order/body.txt, line 3";
        return Stream.of(
                arguments("{nam}", "$.template.data.nam: is missing; " + at + " has {nam}"),
                arguments("{order.url}", "$.template.data.order.url: is missing; " + at + " has {order.url}"),
                arguments("{order.url.host}", "$.template.data.order.url: is missing; " + at + " has {order.url.host}"),
                arguments("{#if order.url}x{/if}", "$.template.data.order.url: is missing; " + at + " has {order.url}"),
                arguments(
                        "{order.url ?: order.link} {name ?: 1} {a ?: 1}",
                        "$.template.data.order.link: is missing; " + at + " has {order.link}"),
                arguments(
                        "{#for i in order.items}{i.quantity}{/for}",
                        "$.template.data.order.items[0].quantity: is missing; " + at + " has {i.quantity}"),
                arguments(
                        "{#for i in order.items}{j.name}{/for}",
                        "$.template.data.j: is missing; " + at + " has {j.name}"),
                arguments("{#for i in items}{i}{/for}", "$.template.data.items: is missing; " + at + " has {items}"),
                arguments(
                        "{order.items.2}",
                        "$.template.data.order.items['2']: is missing; " + at + " has {order.items.2}"),
                arguments(
                        "{order.tags.first}",
                        "$.template.data.order.tags.first: is missing; " + at + " has {order.tags.first}"),
                arguments("{order.note.text}", "$.template.data: " + at + ": {order.note.text} has no value"),
                arguments("{name.length}", "$.template.data: " + at + ": {name.length} has no value"),
                arguments("{order}", "$.template.data: " + at + ": {order} is an object and no text"),
                arguments("{order.items}", "$.template.data: " + at + ": {order.items} is a list and no text"),
                arguments("{#for i in name}x{/for}", "$.template.data: " + at + ": {name} is no list"),
                arguments("{#for i in order.total}x{/for}", "$.template.data: " + at + ": {order.total} is no list"),
                arguments("{#for i in 1000000000}x{/for}", "$.template.data: " + at + ": {1000000000} is no list"));
    }

    @ParameterizedTest
    @MethodSource
    void whatDoesNotParseIsToldWithFileAndLine(String template, String fault) throws Exception {
        template("order/body.html", "<p>\n" + template);

        assertThat(refusal("order", ORDER))
                .isEqualTo("mail.requests-0@17: $.template.name: order/body.html, line 2: " + fault);
    }

    static Stream<Arguments> whatDoesNotParseIsToldWithFileAndLine() {
        return Stream.of(
                arguments("{#if name}x", "unterminated section [if] detected"),
                arguments("{#if name}x{/for}", "section end tag [for] does not match the start tag [if]"),
                arguments("{#fro i in order}x{/fro}", "no section helper found for {#fro i in order}"));
    }

    @ParameterizedTest
    @CsvSource({
        "tr-TR,      Merhaba Türkiye",
        "TR-tr,      Merhaba Türkiye",
        "tr-CY,      Merhaba",
        "tr,         Merhaba",
        "tr-x-twain, Merhaba",
        "zh-hant-tw, 你好",
        "zh,         Hello",
        "t,          Hello",
        ",           Hello"
    })
    void theNearestLanguageIsTaken(String locale, String text) throws Exception {
        template("hello/body.txt", "Hello");
        template("hello_tr/body.txt", "Merhaba");
        template("hello_tr-TR/body.txt", "Merhaba Türkiye");
        template("hello_zh-Hant/body.txt", "你好");

        String tag = locale == null || locale.length() == 1 ? "" : ", 'locale': '" + locale + "'";
        assertThat(filled(Calls.template("'name': 'hello'" + tag)).text()).contains(text);
    }

    @Test
    void aChangedTemplateIsTakenUp() throws Exception {
        template("hello/body.txt", "Hello");
        Templates templates = templates();
        SendRequest request = Calls.template("'name': 'hello'");
        assertThat(templates.fill(request, Calls.ARRIVAL).text()).contains("Hello");

        template("hello/body.txt", "Good morning");

        Awaitility.await()
                .untilAsserted(
                        () -> assertThat(templates.fill(request, Calls.ARRIVAL).text())
                                .contains("Good morning"));
    }

    @Test
    void whileAChangedTemplateIsBrokenTheOneBeforeIsUsed() throws Exception {
        template("hello/body.txt", "Hello");
        TemplateFolder templates = new TemplateFolder(folder);
        templates.readAll();

        template("hello/body.txt", "{#if}");
        templates.readAll();

        assertThat(templates
                        .find("hello")
                        .orElseThrow()
                        .fill(Calls.template("'name': 'hello'"), Calls.NO_DATA)
                        .text())
                .contains("Hello");
    }

    @Test
    void aBrokenTemplateThatIsMendedIsUsedAtOnce() throws Exception {
        template("hello/body.txt", "{#if}");
        TemplateFolder templates = new TemplateFolder(folder);
        assertThatThrownBy(() -> templates.find("hello")).hasMessageStartingWith("hello/body.txt, line 1: ");

        template("hello/body.txt", "Hello");

        assertThat(templates.find("hello")).isPresent();
    }

    @ParameterizedTest
    @ValueSource(strings = {"gone", "Hello", "hello.", "body.txt"})
    void aNameThatIsNoTemplateIsRefused(String name) throws Exception {
        template("hello/body.txt", "Hello");
        template("body.txt", "Hello");

        assertThat(refusal(name, "{}"))
                .isEqualTo("mail.requests-0@17: $.template.name: there is no template '" + name
                        + "' in postrider.templates.folder");
    }

    @Test
    void whatCannotBeATemplateIsToldByName() throws Exception {
        template("empty/readme.md", "nothing");
        template("large/body.txt", "x".repeat((256 << 10) + 1));
        Files.createDirectories(folder.resolve("folder/body.txt"));
        Files.createDirectories(folder.resolve("latin"));
        Files.write(folder.resolve("latin/body.txt"), new byte[] {'a', (byte) 0xFC});

        String at = "mail.requests-0@17: $.template.name: ";
        assertThat(refusal("empty", "{}")).isEqualTo(at + "empty has neither body.txt nor body.html");
        assertThat(refusal("large", "{}")).isEqualTo(at + "large/body.txt is larger than 262144 bytes");
        assertThat(refusal("folder", "{}")).isEqualTo(at + "folder/body.txt is not a regular file");
        assertThat(refusal("latin", "{}")).isEqualTo(at + "latin/body.txt is not UTF-8");
    }

    @Test
    void aFolderThatIsNoneStopsTheStart() {
        assertThatThrownBy(() -> new Templates(Optional.of(folder.resolve("templates"))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("postrider.templates.folder: must be a directory, not " + folder.resolve("templates"));
    }

    private void template(String file, String content) throws IOException {
        Path path = folder.resolve(file);
        Files.createDirectories(path.getParent());
        Files.writeString(path, content);
    }

    private Templates templates() {
        return new Templates(Optional.of(folder));
    }

    private SendRequest filled(SendRequest request) throws Exception {
        return templates().fill(request, Calls.ARRIVAL);
    }

    private String refusal(String name, String data) {
        return Calls.refusal(templates(), name, data);
    }
}
