package dev.postrider.ops;

import dev.postrider.submission.Excerpt;
import io.quarkus.logging.LoggingFilter;
import java.util.logging.Filter;
import java.util.logging.LogRecord;
import org.jboss.logmanager.ExtLogRecord;

/**
 * Escapes what is not seen in log messages, ours and the libraries': much of what stands there was written by others, and must
 * not add lines, move the cursor of a terminal or show something else than what is there.
 */
@LoggingFilter(name = "printable")
public final class PrintableLog implements Filter {

    @Override
    public boolean isLoggable(LogRecord record) {
        String message = record instanceof ExtLogRecord ours ? ours.getFormattedMessage() : record.getMessage();
        String printable = message == null ? null : Excerpt.printable(message);
        if (message != null && !printable.equals(message) && record instanceof ExtLogRecord ours) {
            ours.setMessage(printable, ExtLogRecord.FormatStyle.NO_FORMAT);
        }
        return true;
    }
}
