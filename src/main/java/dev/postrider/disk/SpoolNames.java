package dev.postrider.disk;

/** What is called how in the watched folder, where the application and the redrive command meet. */
public final class SpoolNames {

    /** The folder of what failed for good. */
    public static final String DEAD_LETTERS = "dead-letters";

    /** The folder from which the application takes what is redriven. */
    public static final String REDRIVEN = ".redriven";

    /** The folder of what the application is at. */
    public static final String WORK = ".work";

    /** What the report of a dead letter is called, after the name of its file. */
    public static final String REPORT = ".failure.json";

    /** What the note of a deferred or redriven file is called, after the name of the file. */
    public static final String NOTE = ".json";

    private SpoolNames() {}
}
