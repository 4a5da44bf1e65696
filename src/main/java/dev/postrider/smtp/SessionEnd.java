package dev.postrider.smtp;

import java.util.Locale;

/** Why a session with the relay was ended. */
public enum SessionEnd {
    /** It had served {@code postrider.smtp.pool.max-transactions}. */
    TRANSACTIONS,
    /** It was older than {@code postrider.smtp.pool.max-age}. */
    AGE,
    /** Nobody needed it for {@code postrider.smtp.pool.idle-timeout}. */
    IDLE,
    /** There were more than the relay bears for now, or the prober wanted its place. */
    SURPLUS,
    /** The relay had ended it while it idled. */
    HUNG_UP,
    /** The connection broke, or the relay said goodbye or lost step in the middle of a transaction. */
    BROKEN,
    /** We stop. */
    STOP;

    /** As a label of a meter. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
