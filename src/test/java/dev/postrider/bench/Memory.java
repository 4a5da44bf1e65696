package dev.postrider.bench;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.DoubleSupplier;

/** Looks at something once in a while, on a thread of its own, until closed. */
final class Memory implements AutoCloseable {

    private final DoubleSupplier gauge;
    private final Duration pause;
    private final List<Plot.Point> points = new CopyOnWriteArrayList<>();
    private final Thread thread = new Thread(this::look, "memory");

    /** @param gauge in megabytes */
    Memory(Duration pause, DoubleSupplier gauge) {
        this.pause = pause;
        this.gauge = gauge;
        thread.setDaemon(true);
        thread.start();
    }

    /** Seconds since the beginning, and what was seen. */
    List<Plot.Point> points() {
        return List.copyOf(points);
    }

    double most() {
        return points.stream().mapToDouble(Plot.Point::y).max().orElse(0);
    }

    private void look() {
        long start = System.nanoTime();
        try {
            while (true) {
                points.add(new Plot.Point((System.nanoTime() - start) / 1e9, gauge.getAsDouble()));
                Thread.sleep(pause.toMillis());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        thread.interrupt();
    }
}
