package dev.postrider.smtp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Where user name and password come from. */
class LoginsTest {

    private static final SettingsFiles NONE = key -> Optional.empty();

    @TempDir
    private Path folder;

    @Test
    void withoutAUserNobodyLogsIn() throws Exception {
        assertThat(new Logins(new SmtpSettings(), NONE).now()).isEmpty();
    }

    @Test
    void theSettingsAreTheLogIn() throws Exception {
        assertThat(new Logins(new SmtpSettings().login("orders", "secret"), NONE).now())
                .contains(new Login("orders", "secret"));
    }

    @Test
    void aLogInDoesNotShowItsPassword() {
        assertThat(new Login("orders", "secret")).hasToString("log-in of 'orders'");
    }

    @ParameterizedTest
    @CsvSource(
            ignoreLeadingAndTrailingWhitespace = false,
            value = {
                "secret,secret",
                "secret\\n,secret",
                "secret\\r\\n,secret",
                "\\uFEFFsecret\\n,secret",
                " se cret ,' se cret '",
                "pässwörd€\\n,pässwörd€"
            })
    void ofAPasswordFileOneLineEndIsNotThePassword(String content, String password) throws Exception {
        Path file = Files.writeString(folder.resolve("password"), unescaped(content));
        Logins logins = new Logins(new SmtpSettings().username("orders").passwordFile(file), NONE);

        assertThat(logins.now()).contains(new Login("orders", password.translateEscapes()));
    }

    private static String unescaped(String text) {
        return text.replace("\\uFEFF", "\uFEFF").translateEscapes();
    }

    @ParameterizedTest
    @CsvSource({
        "secret\\nother, more than one line",
        "secret\\n\\n, more than one line",
        "a\\rb, more than one line",
        "\\0, NUL"
    })
    void aPasswordFileHasOneLine(String content, String why) throws Exception {
        Path file = Files.writeString(folder.resolve("password"), content.translateEscapes());

        assertThatThrownBy(
                        () -> new Logins(new SmtpSettings().username("orders").passwordFile(file), NONE))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("postrider.smtp.password-file: ")
                .hasMessageContaining(why)
                .hasMessageNotContaining("secret");
    }

    @Test
    void aPasswordFileIsInUtf8() throws Exception {
        for (Charset other : new Charset[] {StandardCharsets.UTF_16, StandardCharsets.ISO_8859_1}) {
            Path file = Files.writeString(folder.resolve("password"), "pässword", other);

            assertThatThrownBy(() ->
                            new Logins(new SmtpSettings().username("orders").passwordFile(file), NONE))
                    .hasMessageEndingWith("it is not in UTF-8");
        }
    }

    @Test
    void aPasswordFileIsReadEachTime() throws Exception {
        Path file = Files.writeString(folder.resolve("password"), "one");
        Logins logins = new Logins(new SmtpSettings().username("orders").passwordFile(file), NONE);

        Files.writeString(file, "two");
        assertThat(logins.now()).contains(new Login("orders", "two"));

        Files.delete(file);
        assertThatThrownBy(logins::now)
                .isInstanceOf(RelayBroken.class)
                .hasMessage("postrider.smtp.password-file: cannot read the password from " + file + ": no such file");
    }

    @Test
    void aPasswordFileThatIsNoneStopsTheStart() throws Exception {
        refused(folder.resolve("nowhere"), "no such file");
        refused(Files.createFile(folder.resolve("empty")), "it is empty");
        refused(Files.writeString(folder.resolve("blank"), "\n"), "it is empty");
        refused(folder, "directory");
    }

    @Test
    void aSettingsFileThatIsEditedIsReadAnew() throws Exception {
        Path file = settings("postrider.smtp.username=orders", "postrider.smtp.password=one");
        Logins logins = new Logins(new SmtpSettings().login("orders", "one"), key -> Optional.of(place(file, key)));
        assertThat(logins.now()).contains(new Login("orders", "one"));

        settings("postrider.smtp.username=invoices", "postrider.smtp.password=another");

        assertThat(logins.now()).contains(new Login("invoices", "another"));
    }

    @Test
    void onlyWhatStandsInTheFileCanChange() throws Exception {
        Path file = settings("postrider.smtp.username=orders", "postrider.smtp.password=one");
        Logins logins = new Logins(
                new SmtpSettings().login("orders", "from the environment"),
                key -> key.endsWith("username") ? Optional.of(place(file, key)) : Optional.empty());

        settings("postrider.smtp.username=invoices", "postrider.smtp.password=another");

        assertThat(logins.now()).contains(new Login("invoices", "from the environment"));
    }

    @Test
    void aFileInTheMakingChangesNothing() throws Exception {
        Path file = settings("postrider.smtp.password=one");
        LiveSetting setting = live(file, "postrider.smtp.password", "one");

        for (String[] unfinished :
                new String[][] {{""}, {"postrider.smtp.password="}, {"postrider.smtp.password=\\u12"}}) {
            settings(unfinished);
            assertThat(setting.now()).as(String.join("", unfinished)).isEqualTo("one");
        }
        Files.delete(file);
        assertThat(setting.now()).isEqualTo("one");

        settings("postrider.smtp.password=two");
        assertThat(setting.now()).isEqualTo("two");
    }

    @Test
    void whatIsReadAnewIsReadAsAtTheStart() throws Exception {
        Path file = settings("secret=geheim", "%prod.postrider.smtp.password=a ${secret} \\u20ac");

        assertThat(live(file, "%prod.postrider.smtp.password", "one").now()).isEqualTo("a geheim €");
    }

    private static LiveSetting live(Path file, String key, String atStart) {
        return new LiveSetting(key, atStart, any -> Optional.of(place(file, key)));
    }

    private static SettingsFiles.Place place(Path file, String key) {
        return new SettingsFiles.Place(file, key);
    }

    private Path settings(String... lines) throws Exception {
        return Files.writeString(folder.resolve("application.properties"), String.join("\n", lines) + "\n");
    }

    private static void refused(Path file, String why) {
        assertThatThrownBy(
                        () -> new Logins(new SmtpSettings().username("orders").passwordFile(file), NONE))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("postrider.smtp.password-file: cannot read the password from " + file)
                .hasMessageContaining(why)
                .hasMessageNotContaining("\n");
    }
}
