package dev.postrider.submission;

/** The request cannot be sent as it stands, and trying again would not change that: the user's to mend. */
public final class InvalidRequest extends Exception {

    private static final long serialVersionUID = 1L;

    private final transient Identity identity;

    /**
     * @param origin the record or file
     * @param violations what is wrong, each naming the field by its JSON path and the rule
     */
    public InvalidRequest(Origin origin, String violations) {
        this(origin, violations, Identity.NONE);
    }

    InvalidRequest(Origin origin, String violations, Identity identity) {
        // Field and file names are the user's; the message is one line whatever they hold.
        super(Excerpt.printable(origin.name() + ": " + violations));
        this.identity = identity;
    }

    /** What of it could be read all the same. */
    public Identity identity() {
        return identity;
    }
}
