package dev.postrider.redrive;

/**
 * How {@code redrive run} is to go about it.
 *
 * @param maxRedrives a dead letter that was redriven so often stays
 * @param limit not more than so many at once
 */
record RunOrder(Mode mode, Edit edit, int maxRedrives, int limit, Consent consent) {

    /** Unless said otherwise: who failed after three redrives fails after the fourth. */
    static final int MAX_REDRIVES = 3;

    /** Whether anything is changed. */
    enum Mode {
        FOR_REAL,
        DRY_RUN
    }

    /** Whether a person has to be asked. */
    enum Consent {
        ASK,
        GIVEN
    }
}
