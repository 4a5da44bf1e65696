package dev.postrider.ops;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** {@code config/application.properties} is where an operator looks, so it says all there is, and nothing else. */
class OperatorsPageTest {

    private static final Path PAGE = Path.of("config/application.properties");
    private static final Pattern SETTING = Pattern.compile("#?([a-z][A-Za-z0-9.\"-]*)=(.*)");

    private List<String> lines;
    private final Map<String, String> page = new HashMap<>();
    private final List<String> twice = new ArrayList<>();

    @BeforeEach
    void read() throws IOException {
        lines = Files.readAllLines(PAGE);
        lines.stream().map(SETTING::matcher).filter(Matcher::matches).forEach(setting -> {
            if (page.put(Settings.named(setting.group(1)), setting.group(2)) != null) {
                twice.add(setting.group(1));
            }
        });
    }

    @Test
    void everySettingStandsThereWithItsDefault() {
        Settings.all().forEach((key, standard) -> {
            assertThat(page).containsKey(key);
            standard.ifPresent(value -> assertThat(page).containsEntry(key, value));
        });
    }

    @Test
    void whatHasNoDefaultHasAnExample() {
        assertThat(page).allSatisfy((key, value) -> assertThat(value).as(key).isNotBlank());
    }

    @Test
    void noOtherSettingOfOursStandsThere() {
        assertThat(page.keySet())
                .filteredOn(key -> key.startsWith("postrider."))
                .containsExactlyInAnyOrderElementsOf(Settings.all().keySet());
        assertThat(twice).isEmpty();
    }

    /** An application started in the repository reads this file, the one of a test included. */
    @Test
    void nothingIsSet() {
        assertThat(lines).allMatch(line -> line.isBlank() || line.startsWith("#"));
    }

    @Test
    void everySettingIsExplained() {
        for (int i = 0; i < lines.size(); i++) {
            if (SETTING.matcher(lines.get(i)).matches()) {
                assertThat(lines.get(i - 1))
                        .as("the line above " + lines.get(i))
                        .startsWith("#");
            }
        }
    }
}
