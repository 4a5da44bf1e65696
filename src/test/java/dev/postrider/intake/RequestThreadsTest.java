package dev.postrider.intake;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.runtime.configuration.MemorySize;
import java.math.BigInteger;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import org.apache.camel.spi.ThreadPoolProfile;
import org.apache.camel.util.concurrent.CamelThreadFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RequestThreadsTest {

    @ParameterizedTest(name = "{0}, {1}: from Java {2}")
    @CsvSource({
        "VIRTUAL,  seda://read-request?concurrentConsumers=16, 21",
        "AUTO,     seda://read-request?concurrentConsumers=16, 24",
        "PLATFORM, seda://read-request?concurrentConsumers=16, 999",
        "VIRTUAL,  kafka://mail.requests,                      999"
    })
    void requestsRunOnVirtualThreadsWhereWantedAndPossible(Threads wanted, String name, int from) throws Exception {
        RequestThreads threads = new RequestThreads(config(wanted));
        ThreadFactory camels = new CamelThreadFactory("Camel #counter - #name", name, true);
        ThreadPoolProfile profile = new ThreadPoolProfile("test");
        profile.setPoolSize(2);
        profile.setMaxPoolSize(2);
        profile.setKeepAliveTime(60L);
        profile.setTimeUnit(TimeUnit.SECONDS);
        profile.setMaxQueueSize(-1);
        profile.setAllowCoreThreadTimeOut(false);
        ExecutorService pool = threads.newThreadPool(profile, camels);
        try {
            String running =
                    pool.submit(() -> Thread.currentThread().toString()).get(60, TimeUnit.SECONDS);

            assertThat(running.startsWith("VirtualThread"))
                    .isEqualTo(Runtime.version().feature() >= from);
        } finally {
            pool.shutdownNow();
        }
    }

    private static IntakeConfig config(Threads wanted) {
        return new IntakeConfig() {
            @Override
            public int inFlight() {
                return 16;
            }

            @Override
            public MemorySize inFlightBytes() {
                return new MemorySize(BigInteger.valueOf(1L << 20));
            }

            @Override
            public Threads threads() {
                return wanted;
            }
        };
    }
}
