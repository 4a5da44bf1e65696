package dev.postrider.submission;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RequestLimitsTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            0          | 1    | 0  | 0  | postrider.limits.request-bytes: at least 1, not 0
            2000000000 | 1    | 0  | 0  | postrider.limits.request-bytes: at most 1073741824, not 2000000000
            1          | 0    | 0  | 0  | postrider.limits.recipients: at least 1, not 0
            1          | 1001 | 0  | 0  | postrider.limits.recipients: at most 1000, not 1001
            1          | 1    | -1 | 0  | postrider.limits.attachments: at least 0, not -1
            1          | 1    | 0  | -1 | postrider.limits.attachment-bytes: at least 0, not -1
            """)
    void aLimitThatIsNoneIsRefusedByTheNameOfItsSetting(int bytes, int recipients, int files, long size, String line) {
        assertThatThrownBy(() -> new RequestLimits(bytes, recipients, files, size))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(line);
    }

    @Test
    void attachmentsMayBeForbidden() {
        assertThatCode(() -> new RequestLimits(1, 1000, 0, 0)).doesNotThrowAnyException();
    }
}
