package dev.postrider.ops;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
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

    @Test
    void noExceptionAddsALineByItsTextNorThoseItIsMadeOf() {
        IOException cause = new IOException("cause\nERROR forged");
        IllegalStateException thrown = new IllegalStateException("text\u001b[2J", cause);
        thrown.addSuppressed(new IOException("suppressed\nERROR forged"));
        cause.addSuppressed(thrown); // A circle.
        ExtLogRecord record = new ExtLogRecord(Level.ERROR, "a mistake", "any");
        record.setThrown(thrown);

        assertThat(new PrintableLog().isLoggable(record)).isTrue();

        StringWriter printed = new StringWriter();
        record.getThrown().printStackTrace(new PrintWriter(printed, true));
        assertThat(printed.toString())
                .startsWith("java.lang.IllegalStateException: text\\")
                .contains("Caused by: java.io.IOException: cause\\nERROR forged")
                .contains("Suppressed: java.io.IOException: suppressed\\nERROR forged")
                .contains("at dev.postrider.ops.PrintableLogTest.noException")
                .doesNotContain("\u001b")
                .doesNotContain("\nERROR");
        assertThat(record.getThrown().getStackTrace()).isEqualTo(thrown.getStackTrace());
    }

    @Test
    void anExceptionWithoutSuchStaysAsItIs() {
        IOException thrown = new IOException("no such file", new IOException("really"));
        ExtLogRecord record = new ExtLogRecord(Level.ERROR, "a mistake", "any");
        record.setThrown(thrown);

        new PrintableLog().isLoggable(record);

        assertThat(record.getThrown()).isSameAs(thrown);
    }
}
