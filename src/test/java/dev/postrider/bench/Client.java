package dev.postrider.bench;

import java.time.Duration;

/** A peer from the inside, in its own process. Used by one thread. */
interface Client {

    String HOST = "localhost";
    String USER = "postrider";
    String PASSWORD = "correct-horse";

    /** How many messages went out, and how long that took, the last reply included. */
    record Stint(long messages, Duration elapsed) {}

    /** From now on so many sessions with the relay at this port, or transactions at once where none is kept. */
    void open(int port, int sessions) throws Exception;

    /** Sends one after the other on each session, begins none after this time, and returns when all are answered. */
    Stint run(Letter letter, Duration window) throws Exception;

    /** Ends all sessions. */
    void close() throws Exception;
}
