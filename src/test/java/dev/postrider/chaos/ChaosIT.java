package dev.postrider.chaos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The short form: whatever goes wrong, what went in comes out, or is where it can be found. */
class ChaosIT {

    private static final ChaosSettings SETTINGS = ChaosSettings.shortForm();
    private static final List<Row> ROWS = new ArrayList<>();

    /**
     * For the long form: each takes twenty seconds, and StoppedLineTest, ReplyMatrixTest, HangingRelayTest and
     * LostConnectionTest go through the like in less.
     */
    private static final Set<String> ELSEWHERE = Set.of(
            "the relay hangs",
            "reset at the final dot",
            "the password is wrong",
            "the relay's certificate has expired",
            "the relay refuses connections",
            "421 to the final dot");

    @TempDir
    private static Path home;

    private static Cluster cluster;

    @BeforeAll
    static void startBroker() {
        cluster = Cluster.start(home);
    }

    @AfterAll
    static void showTable() {
        cluster.close();
        System.out.println("seed " + SETTINGS.seed() + "\n" + Table.of(ROWS));
    }

    static Stream<Fault> faults() {
        return Faults.of(SETTINGS).stream().filter(fault -> !ELSEWHERE.contains(fault.name()));
    }

    /** The harness itself: a count that cannot be wrong proves nothing. */
    @ParameterizedTest
    @CsvSource({"0, lost", "2, duplicated"})
    void aMessageThatIsLostOrComesTwiceIsFound(int copies, String complaint) throws Exception {
        Fault fault = Fault.of("a count of " + copies, world -> {})
                .prepared(world -> world.relayCount().miscountNext(copies));

        Row row = new Scenario(SETTINGS, cluster, home).run(fault, 20);

        assertThat(row.faults()).singleElement().asString().contains(complaint, "@chaos.example");
    }

    @ParameterizedTest
    @MethodSource("faults")
    void nothingIsLost(Fault fault) throws Exception {
        Row row = new Scenario(SETTINGS, cluster, home).run(fault, Faults.share(SETTINGS, fault));
        ROWS.add(row);

        assumeTrue(row.run(), () -> String.join("; ", row.remarks()));
        assertThat(row.faults())
                .as(() -> fault.name() + ": " + row.count() + "; again with -Dchaos.seed=" + SETTINGS.seed()
                        + "; the application's last lines:\n" + row.log())
                .isEmpty();
    }
}
