package dev.postrider.intake;

import io.quarkus.arc.Unremovable;
import jakarta.inject.Singleton;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ThreadFactory;
import org.apache.camel.spi.ThreadPoolProfile;
import org.apache.camel.support.DefaultThreadPoolFactory;
import org.apache.camel.util.concurrent.CamelThreadFactory;
import org.jboss.logging.Logger;

/**
 * Gives the route {@code read-request} its threads: as many as it has consumers, virtual ones where that is wanted and
 * possible. They spend their time waiting for the relay. Camel finds it in its registry.
 *
 * <p>Not by {@code camel.threads.virtual.enabled}: that would be all of Camel's threads, Kafka's pollers with them, which gain
 * nothing and hold on to monitors while they wait.
 */
@Singleton
@Unremovable
public class RequestThreads extends DefaultThreadPoolFactory {

    private static final Logger LOG = Logger.getLogger(RequestThreads.class);
    private static final String ROUTE = "read-request";

    /**
     * Before it, a virtual thread that waits within a monitor, as Jakarta Mail does to open a session, keeps a carrier for
     * itself (JEP 491), and there are only as many of those as processors.
     */
    private static final int NO_PINNING = 24;

    private final Threads wanted;

    public RequestThreads(IntakeConfig config) {
        this.wanted = config.threads();
    }

    @Override
    public ExecutorService newThreadPool(ThreadPoolProfile profile, ThreadFactory factory) {
        return super.newThreadPool(
                profile, forRequests(factory) && wanted(Runtime.version().feature()) ? virtual(factory) : factory);
    }

    private static boolean forRequests(ThreadFactory factory) {
        return factory instanceof CamelThreadFactory camel && camel.getName().contains(ROUTE);
    }

    private boolean wanted(int java) {
        return wanted == Threads.VIRTUAL || (wanted == Threads.AUTO && java >= NO_PINNING);
    }

    /** {@code Thread.ofVirtual().name("request-", 1).factory()}, which Java 17 does not know; or what was there. */
    static ThreadFactory virtual(ThreadFactory otherwise) {
        try {
            MethodHandles.Lookup lookup = MethodHandles.publicLookup();
            Class<?> virtual = Class.forName("java.lang.Thread$Builder$OfVirtual");
            MethodHandle builder = lookup.findStatic(Thread.class, "ofVirtual", MethodType.methodType(virtual));
            MethodHandle name =
                    lookup.findVirtual(virtual, "name", MethodType.methodType(virtual, String.class, long.class));
            MethodHandle factory = lookup.findVirtual(virtual, "factory", MethodType.methodType(ThreadFactory.class));
            return (ThreadFactory) factory.invoke(name.invoke(builder.invoke(), "request-", 1L));
        } catch (Error e) {
            throw e;
        } catch (Throwable e) {
            LOG.infof(
                    "no virtual threads on Java %d: the system's are used",
                    Runtime.version().feature());
            return otherwise;
        }
    }
}
