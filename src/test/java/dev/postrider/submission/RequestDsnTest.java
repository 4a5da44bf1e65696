package dev.postrider.submission;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.postrider.submission.Dsn.Notify;
import dev.postrider.submission.Dsn.Returned;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class RequestDsnTest {

    private static final String AT = "mail.requests-0@17: ";

    private final RequestReader reader = new RequestReader(RequestLimits.defaults(), AttachmentsRoot.none());

    @Test
    void whatIsAskedForIsRead() throws Exception {
        assertThat(read("'dsn': {'notify': ['success', 'failure', 'delay'], 'return': 'headers', 'envid': 'a b'}"))
                .isEqualTo(new Dsn(
                        List.of(Notify.SUCCESS, Notify.FAILURE, Notify.DELAY),
                        Optional.of(Returned.HDRS),
                        Optional.of("a b")));
        assertThat(read("'dsn': {'notify': ['never'], 'return': 'full'}"))
                .isEqualTo(
                        new Dsn(List.of(Notify.NEVER), Optional.of(Returned.FULL), Optional.of("mail.requests-0-17")));
    }

    @ParameterizedTest
    @CsvSource({"order-17,order-17", "invoice/2026 + tax,invoice/2026 + tax", "sipariş-17,", "葉,"})
    void theIdNamesTheMessageInTheReportsWhereTheyCanCarryIt(String id, String envid) throws Exception {
        assertThat(read("'id': '" + id + "', 'dsn': {}").envid()).isEqualTo(Optional.ofNullable(envid));
    }

    @Test
    void anIdThatIsTooLongForThatIsLeftOut() throws Exception {
        assertThat(read("'id': '" + "x".repeat(100) + "', 'dsn': {}").envid()).isPresent();
        assertThat(read("'id': '" + "x".repeat(101) + "', 'dsn': {}").envid()).isEmpty();
        assertThat(read("'id': '" + "+".repeat(34) + "', 'dsn': {}").envid()).isEmpty();
    }

    @ParameterizedTest
    @MethodSource
    void whatCannotBeAskedForIsRefused(String fields, String faults) {
        assertThat(Refusals.of(reader, request(fields))).isEqualTo(AT + faults);
    }

    static Stream<Arguments> whatCannotBeAskedForIsRefused() {
        String printable = "$.dsn.envid: must be 1 to 100 printable ASCII characters (RFC 3461 §4.4)";
        return Stream.of(
                arguments("'dsn': true", "$.dsn: must be a JSON object"),
                arguments("'dsn': {'notifi': []}", "$.dsn.notifi: unknown field"),
                arguments("'dsn': {'notify': 'never'}", "$.dsn.notify: must be a list"),
                arguments("'dsn': {'notify': []}", "$.dsn.notify: must not be empty; leave it out, or say ['never']"),
                arguments(
                        "'dsn': {'notify': ['always']}",
                        "$.dsn.notify[0]: must be 'success', 'failure' or 'delay', or 'never' alone"),
                arguments("'dsn': {'notify': ['delay', 'delay']}", "$.dsn.notify: each word once"),
                arguments(
                        "'dsn': {'notify': ['never', 'delay']}", "$.dsn.notify: 'never' stands alone (RFC 3461 §4.1)"),
                arguments("'dsn': {'return': 'hdrs'}", "$.dsn.return: must be 'full' or 'headers'"),
                arguments("'dsn': {'envid': ''}", printable),
                arguments("'dsn': {'envid': 'ş'}", printable),
                arguments("'dsn': {'envid': 'a\\r\\nDATA'}", printable),
                arguments("'dsn': {'envid': '" + "x".repeat(101) + "'}", printable),
                arguments(
                        "'dsn': {'envid': '" + "=".repeat(34) + "'}",
                        "$.dsn.envid: more than 100 characters as xtext (RFC 3461 §4.4) (\"" + "=".repeat(34) + "\")"),
                arguments(
                        "'returnPath': '', 'dsn': {'notify': ['failure']}",
                        "$.dsn.notify: only ['never'] goes with the null 'returnPath', to which nothing is returned"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"{'notify': ['never']}", "{'return': 'full'}", "{}"})
    void withTheNullPathNobodyWaitsForReports(String dsn) throws Exception {
        assertThat(read("'returnPath': '', 'dsn': " + dsn).wantsReports()).isFalse();
    }

    @Test
    void whatWouldNotFitTheLineCannotBeMade() {
        assertThatThrownBy(() -> new Dsn(List.of(), Optional.empty(), Optional.of("a\r\nDATA")))
                .hasMessageContaining("dsn.envid");
        assertThatThrownBy(() -> new Dsn(List.of(Notify.NEVER, Notify.DELAY), Optional.empty(), Optional.empty()))
                .hasMessageContaining("dsn.notify");
    }

    private Dsn read(String fields) throws InvalidRequest {
        return reader.read(Arrivals.record(request(fields).replace('\'', '"')))
                .dsn()
                .orElseThrow();
    }

    private static String request(String fields) {
        return "{'from': 'a@b.c', 'to': ['d@e.f'], 'text': '', " + fields + "}";
    }
}
