package dev.postrider.message;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postrider.submission.ListUnsubscribe;
import java.net.URI;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ListUnsubscribeTest {

    private static final Optional<URI> URL = Optional.of(URI.create("https://example.com/u/c3f1a9"));
    private static final Optional<URI> MAILTO = Optional.of(URI.create("mailto:leave@example.com?subject=leave"));

    @Test
    void theReaderIsToldThePageAndTheMailboxAndThatOneClickIsEnough() throws Exception {
        Wire wire = Wire.of(new Draft().listUnsubscribe(new ListUnsubscribe(URL, MAILTO, true)));

        assertThat(wire.unfolded("List-Unsubscribe"))
                .isEqualTo("<https://example.com/u/c3f1a9>, <mailto:leave@example.com?subject=leave>");
        assertThat(wire.unfolded("List-Unsubscribe-Post")).isEqualTo("List-Unsubscribe=One-Click");
    }

    @Test
    void oneClickIsNotPromisedUnasked() throws Exception {
        Wire wire = Wire.of(new Draft().listUnsubscribe(new ListUnsubscribe(URL, Optional.empty(), false)));

        assertThat(wire.field("List-Unsubscribe")).containsExactly("List-Unsubscribe: <https://example.com/u/c3f1a9>");
        assertThat(wire.field("List-Unsubscribe-Post")).isEmpty();
    }

    @Test
    void aMessageThatIsToNoListSaysNothingOfIt() throws Exception {
        assertThat(Wire.of(new Draft()).source()).doesNotContainIgnoringCase("unsubscribe");
    }

    @Test
    void aLongAddressStaysInOnePiece() throws Exception {
        URI url = URI.create("https://example.com/" + "x".repeat(880));
        Wire wire = Wire.of(new Draft().listUnsubscribe(new ListUnsubscribe(Optional.of(url), MAILTO, true)));

        assertThat(wire.field("List-Unsubscribe"))
                .containsExactly("List-Unsubscribe: <" + url + ">,", " <mailto:leave@example.com?subject=leave>");
        assertThat(wire.lines()).allMatch(line -> line.length() <= 998);
        assertThat(wire.message().getHeader().getField("List-Unsubscribe").getBody())
                .contains("<" + url + ">");
    }
}
