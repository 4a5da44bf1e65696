package dev.postrider.template;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.postrider.submission.InvalidRequest;
import dev.postrider.submission.SendRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Templates and data that want more than to make a letter. */
@Timeout(value = 60, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class HostileTemplateTest {

    @TempDir
    private Path home;

    private Path folder;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{str:eval('x')}",
                "{config:['postrider.smtp.password']}",
                "{config:property('postrider.smtp.password')}",
                "{inject:relay.password}",
                "{cdi:relay.password}",
                "{fragment:x}",
                "{#if true}{str:builder}{/if}",
                "{#for i in config:all}{i}{/for}",
                "{name ?: inject:relay}",
                "{#eval name /}",
                "{#include other /}",
                "{#include ../../secret /}",
                "{#insert x}{/insert}",
                "{#fragment id=x}{/fragment}",
                "{#cached}{name}{/cached}",
                "{#with name}{this}{/with}",
                "{#other /}"
            })
    void whatReachesOutIsNotRead(String template) throws Exception {
        template("other/body.txt", "reached");
        template("hostile/body.txt", template);

        assertThat(refusal("hostile", "{\"name\": \"x\"}")).contains("$.template.name: hostile/body.txt, line 1: ");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{name.class}",
                "{name.class.classLoader}",
                "{name.getClass()}",
                "{name.getClass().forName('java.lang.Runtime')}",
                "{name.getBytes}",
                "{number.intValue}",
                "{list.getClass}",
                "{list.node}",
                "{list.budget}",
                "{list.stream}",
                "{list.subList(0,1)}",
                "{object.class}",
                "{object.node}",
                "{object.path}",
                "{object.budget}",
                "{object.iterator}",
                "{this.node}",
                "{#for e in object}{e.class}{/for}",
                "{#for e in object}{e.setValue('x')}{/for}",
                "{#for e in list}{e_class}{/for}"
            })
    void objectsOfJavaAreNotLookedInto(String template) throws Exception {
        template("hostile/body.txt", template);

        assertThat(refusal("hostile", "{\"name\": \"x\", \"number\": 1, \"list\": [1], \"object\": {\"a\": 1}}"))
                .contains("$.template.data", "hostile/body.txt, line 1");
    }

    @Test
    void whatTheDataSaysIsNeverATemplate() throws Exception {
        template("hostile/subject.txt", "{name}");
        template("hostile/body.txt", "{name}");
        String name = "{inject:relay} {name} {#include other /} \\\\{x} ${name}";

        SendRequest filled = fill(Calls.of("hostile", "{\"name\": \"" + name + "\"}"));

        assertThat(filled.subject()).isEqualTo("{inject:relay} {name} {#include other /} \\{x} ${name}");
        assertThat(filled.text()).contains(filled.subject());
    }

    @Test
    void htmlInTheDataIsTextInTheHtml() throws Exception {
        template("hostile/body.html", "<p title='{name}' lang=\"{name}\">{name}</p>");
        template("hostile/body.txt", "{name}");

        SendRequest filled = fill(Calls.of("hostile", "{\"name\": \"\\\"'><script>&\"}"));

        String escaped = "&quot;&#39;&gt;&lt;script&gt;&amp;";
        assertThat(filled.html()).contains("<p title='" + escaped + "' lang=\"" + escaped + "\">" + escaped + "</p>");
        assertThat(filled.text()).contains("\"'><script>&");
    }

    @ParameterizedTest
    @CsvSource({
        "a\\r\\nBcc: x@y.z,             a Bcc: x@y.z",
        "a\\n\\n b,                     a b",
        "a\\rb,                         a b",
        "a\\u2028b,                     a b",
        "a\\u0085b,                     a b",
        "\\n,                           ''"
    })
    void aSubjectIsOneLineWhateverTheDataHolds(String name, String subject) throws Exception {
        template("hostile/subject.txt", "{name}\n");
        template("hostile/body.txt", "x");

        assertThat(fill(Calls.of("hostile", "{\"name\": \"" + name + "\"}")).subject())
                .isEqualTo(subject);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\\u0000b", "a\\u001bb", "a\\u007fb"})
    void aSubjectWithControlCharactersIsRefused(String name) throws Exception {
        template("hostile/subject.txt", "{name}");
        template("hostile/body.txt", "x");

        assertThat(refusal("hostile", "{\"name\": \"" + name + "\"}"))
                .endsWith("$.template.data: hostile/subject.txt becomes a subject with control characters");
    }

    @Test
    void aSubjectThatBecomesTooLongIsRefused() throws Exception {
        template("hostile/subject.txt", "{name}");
        template("hostile/body.txt", "x");

        assertThat(refusal("hostile", "{\"name\": \"" + "x".repeat(901) + "\"}"))
                .endsWith("hostile/subject.txt becomes a subject of 901 characters, at most 900");
    }

    @Test
    void loopsWithinLoopsComeToAnEnd() throws Exception {
        template(
                "hostile/body.txt",
                "{#for a in list}{#for b in list}{#for c in list}{#for d in list}{/for}{/for}{/for}{/for}");

        assertThat(refusal("hostile", "{\"list\": " + Collections.nCopies(2000, 1) + "}"))
                .endsWith("hostile/body.txt: takes more than 1000000 steps; loops within loops over long lists?");
    }

    @Test
    void loopsWithinLoopsThatTryToKeepGoingComeToAnEnd() throws Exception {
        template(
                "hostile/body.txt",
                "{#for a in list}{#let x=list}{#for b in x}{#if list.size > 1}{#for c in list}{c}{/for}{/if}{/for}{/let}{/for}");

        assertThat(refusal("hostile", "{\"list\": " + Collections.nCopies(2000, 1) + "}"))
                .contains("takes more than 1000000 steps");
    }

    @Test
    void aLetterThatGrowsAndGrowsComesToAnEnd() throws Exception {
        template("hostile/body.txt", "{#for a in list}" + "x".repeat(100_000) + "{/for}");

        assertThat(refusal("hostile", "{\"list\": " + Collections.nCopies(10_000, 1) + "}"))
                .endsWith("hostile/body.txt: becomes longer than 4194304 characters");
    }

    @ParameterizedTest
    @ValueSource(strings = {"2147483647", "99999999999", "-5", "1e999999999", "123456789012345678901234567890"})
    void aNumberIsNotCountedTo(String number) throws Exception {
        template("hostile/body.txt", "{#for i in number}x{/for}");

        assertThat(refusal("hostile", "{\"number\": " + number + "}"))
                .endsWith("$.template.data: hostile/body.txt, line 1: {number} is no list");
    }

    @ParameterizedTest
    @ValueSource(strings = {"1e999999999", "1e-999999999", "-1e999999999"})
    void aNumberBeyondMeasureIsComparedAndPrintedInNoTime(String number) throws Exception {
        template("hostile/body.txt", "{number} {#if number > 1}more{/if}{#if number == 1}same{/if}{#if number}{/if}");

        assertThat(fill(Calls.of("hostile", "{\"number\": " + number + "}"))
                        .text()
                        .orElseThrow())
                .hasSizeLessThan(100);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{#if true}", "{#for i in list}", "{#let a=1}"})
    void aTemplateThatIsNestedWithoutEndIsRefused(String section) throws Exception {
        String end = section.replaceAll("\\{#(\\w+).*", "{/$1}");
        template("hostile/body.txt", section.repeat(10_000) + "x" + end.repeat(10_000));

        assertThat(refusalOrText("hostile", "{\"list\": [1]}")).containsAnyOf("is nested too deeply", "x");
    }

    @Test
    void anExpressionWithoutEndIsRefused() throws Exception {
        template("hostile/body.txt", "{a" + ".a".repeat(100_000) + "}");

        assertThat(refusal("hostile", "{}")).endsWith("hostile/body.txt: is nested too deeply");
    }

    @Test
    void dataOfMegabytesIsNotRepeatedInTheRefusal() throws Exception {
        template("hostile/body.txt", "{other}");
        String names = "\"" + "n".repeat(900) + "%d\": \"secret\"";
        StringBuilder data = new StringBuilder();
        for (int i = 0; i < 10_000; i++) {
            data.append(names.formatted(i)).append(", ");
        }

        assertThat(refusal("hostile", "{" + data + "\"a\": \"secret\"}"))
                .hasSizeLessThan(200)
                .doesNotContain("secret");
    }

    @Test
    void dataIsAsDeepAsARequestMayBe() throws Exception {
        template("hostile/body.txt", "{a.a.a.a.a.a.a.a.a.a.a.a.a}");

        assertThat(fill(Calls.of("hostile", "{\"a\":".repeat(13) + "1" + "}".repeat(13)))
                        .text())
                .contains("1");
        assertThatThrownBy(() -> Calls.of("hostile", "{\"a\":".repeat(20_000) + "1" + "}".repeat(20_000)))
                .hasRootCauseInstanceOf(InvalidRequest.class)
                .hasMessageContaining("more than 16 brackets within each other");
    }

    @Test
    void nothingOutsideTheFolderIsRead() throws Exception {
        template("hostile/body.txt", "x");
        Path secret = Files.writeString(home.resolve("secret.txt"), "secret");
        Files.createDirectories(home.resolve("elsewhere"));
        Files.writeString(home.resolve("elsewhere/body.txt"), "secret");
        Files.createSymbolicLink(folder.resolve("hostile/body.html"), secret);
        Files.createSymbolicLink(folder.resolve("away"), home.resolve("elsewhere"));

        assertThat(refusal("hostile", "{}")).endsWith("hostile/body.html leads out of the folder of the templates");
        assertThat(refusal("away", "{}")).endsWith("away/body.txt leads out of the folder of the templates");
    }

    /** How Kubernetes mounts configuration, so that all of it changes at once. */
    @Test
    void aLinkWithinTheFolderIsFollowed() throws Exception {
        template("..2026/order/body.txt", "mounted");
        Files.createSymbolicLink(folder.resolve("..data"), Path.of("..2026"));
        Files.createSymbolicLink(folder.resolve("order"), Path.of("..data/order"));

        assertThat(fill(Calls.of("order", "{}")).text()).contains("mounted");
    }

    private void template(String file, String content) throws IOException {
        folder = home.resolve("templates");
        Path path = folder.resolve(file);
        Files.createDirectories(path.getParent());
        Files.writeString(path, content);
    }

    private SendRequest fill(SendRequest request) throws InvalidRequest {
        return new Templates(Optional.of(folder)).fill(request, Calls.ARRIVAL);
    }

    private String refusal(String name, String data) {
        return Calls.refusal(new Templates(Optional.of(folder)), name, data);
    }

    private String refusalOrText(String name, String data) {
        try {
            return fill(Calls.of(name, data)).text().orElseThrow();
        } catch (InvalidRequest refused) {
            return refused.getMessage();
        }
    }
}
