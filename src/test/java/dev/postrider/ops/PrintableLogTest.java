package dev.postrider.ops;

import static org.assertj.core.api.Assertions.assertThat;

import org.jboss.logmanager.ExtLogRecord;
import org.jboss.logmanager.ExtLogRecord.FormatStyle;
import org.jboss.logmanager.Level;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PrintableLogTest {

    @ParameterizedTest
    @ValueSource(strings = {"\n", "\u001b", "\u202e", "\u2028", "\u200b", "\u0085"})
    void nothingThatIsNotSeenReachesTheLog(String hidden) {
        ExtLogRecord record = new ExtLogRecord(Level.INFO, "file %s: 100%% of %s", FormatStyle.PRINTF, "any.Library");
        record.setParameters(new Object[] {"a" + hidden + "b", "it"});

        boolean logged = new PrintableLog().isLoggable(record);

        assertThat(logged).isTrue();
        assertThat(record.getFormattedMessage())
                .startsWith("file a\\")
                .endsWith("b: 100% of it")
                .doesNotContain(hidden);
    }

    @Test
    void aMessageWithoutSuchStaysAsItIs() {
        ExtLogRecord record = new ExtLogRecord(Level.INFO, "relayed order-17 to ärger@example.org", "any");

        assertThat(new PrintableLog().isLoggable(record)).isTrue();
        assertThat(record.getFormattedMessage()).isEqualTo("relayed order-17 to ärger@example.org");
    }
}
