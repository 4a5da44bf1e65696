package dev.postrider.intake;

/** Whose threads the requests under way run on. */
public enum Threads {
    /** Virtual ones from Java 24 on, the system's before. */
    AUTO,
    /** The JVM's own (JEP 444, Java 21): cheap to wait on. Before Java 21 there are none, and it is as {@link #PLATFORM}. */
    VIRTUAL,
    /** The system's. */
    PLATFORM
}
