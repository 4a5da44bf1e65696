package dev.postrider.process;

import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import org.jboss.logging.Logger;

/**
 * Threads that have to live as long as the process. Each survives what goes wrong within its loop; if one ends with an
 * error all the same, liveness fails, so that whoever runs the process starts it anew. Thread-safe.
 */
public final class Worker {

    private static final Logger LOG = Logger.getLogger(Worker.class);
    private static final Set<String> FAILED = ConcurrentHashMap.newKeySet();

    private Worker() {}

    /** A daemon thread that does this, not started yet. Work that returns has been asked to end. */
    public static Thread thread(String name, Runnable work) {
        Thread thread = new Thread(work, name);
        thread.setDaemon(true);
        thread.setUncaughtExceptionHandler(Worker::ended);
        return thread;
    }

    /** For what is done periodically: executors never call again what has thrown once. */
    public static Runnable surviving(Runnable task) {
        return () -> {
            try {
                task.run();
            } catch (RuntimeException | Error e) {
                FatalErrors.check(e);
                LOG.errorf(
                        e,
                        "internal error in %s; it goes on",
                        Thread.currentThread().getName());
            }
        };
    }

    /** What happens to threads that others start, Camel's and Kafka's, when nobody catches what they throw. */
    public static void watchOthers() {
        Thread.setDefaultUncaughtExceptionHandler((thread, thrown) -> {
            if (thrown instanceof Error) {
                ended(thread, thrown);
            } else {
                LOG.errorf(thrown, "internal error in %s", thread.getName()); // Pools replace such a thread.
            }
        });
    }

    /** The threads that have ended with an error, by name. */
    public static Set<String> failed() {
        return new TreeSet<>(FAILED);
    }

    private static void ended(Thread thread, Throwable thrown) {
        FatalErrors.check(thrown);
        FAILED.add(thread.getName());
        LOG.errorf(thrown, "the thread %s has ended: restart this instance", thread.getName());
    }
}
