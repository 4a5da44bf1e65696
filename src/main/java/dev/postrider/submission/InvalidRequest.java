package dev.postrider.submission;

/** The request cannot be sent as it stands, and trying again would not change that: the user's to mend. */
public final class InvalidRequest extends Exception {

    private static final long serialVersionUID = 1L;

    /**
     * @param origin the record or file
     * @param violations what is wrong, each naming the field by its JSON path and the rule
     */
    public InvalidRequest(Origin origin, String violations) {
        // Field and file names are the user's; the message is one line whatever they hold.
        super(Excerpt.printable(origin.name() + ": " + violations));
    }
}
