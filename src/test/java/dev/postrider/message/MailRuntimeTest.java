package dev.postrider.message;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.mail.Session;
import java.util.Properties;
import org.eclipse.angus.mail.util.MailStreamProvider;
import org.junit.jupiter.api.Test;

class MailRuntimeTest {

    @Test
    void theEncodersAreNamedBeforeTheFirstSessionAsksForThem() {
        Session session = MailRuntime.session(new Properties());

        assertThat(session.getStreamProvider()).isInstanceOf(MailStreamProvider.class);
        assertThat(System.getProperty("jakarta.mail.util.StreamProvider"))
                .isEqualTo(MailStreamProvider.class.getName());
    }

    @Test
    void aSessionHasNoPropertiesButItsOwn() {
        assertThat(MailRuntime.session(new Properties()).getProperties()).isEmpty();
    }
}
