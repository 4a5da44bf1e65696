package dev.postrider.bench;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** A client whose sending returns when the relay has answered: it has a thread for each session. */
abstract class BlockingClient implements Client {

    private ExecutorService threads;
    private int sessions;

    @Override
    public final void open(int port, int count) throws Exception {
        connect(port, count);
        sessions = count;
        threads = Executors.newFixedThreadPool(count);
    }

    @Override
    public final Stint run(Letter letter, Duration window) throws Exception {
        long start = System.nanoTime();
        Callable<Long> loop = () -> {
            long sent = 0;
            while (System.nanoTime() - start < window.toNanos()) {
                send(letter);
                sent++;
            }
            return sent;
        };
        List<Future<Long>> loops = new ArrayList<>();
        for (int i = 0; i < sessions; i++) {
            loops.add(threads.submit(loop));
        }
        long messages = 0;
        for (Future<Long> each : loops) {
            messages += each.get();
        }
        return new Stint(messages, Duration.ofNanos(System.nanoTime() - start));
    }

    @Override
    public final void close() throws Exception {
        if (threads != null) {
            threads.shutdown();
        }
        disconnect();
    }

    /** Returns when messages can be sent. */
    abstract void connect(int port, int count) throws Exception;

    /** Makes a message and hands it over. Called by as many threads as there are sessions. */
    abstract void send(Letter letter) throws Exception;

    abstract void disconnect() throws Exception;
}
