package dev.postrider.submission;

import java.util.Objects;
import java.util.Optional;

/**
 * What came in at the door, before anyone has read it.
 *
 * @param origin where it came from first; a request that was deferred meanwhile keeps it
 * @param content byte for byte as it came; null for a record without a value or a file that could not be read
 * @param history what had become of it before
 * @param fault what is wrong with what stands beside the content, or why there is none, if anything is wrong
 * @param receipt to be settled when all is done
 */
public record Arrival(Origin origin, byte[] content, History history, Optional<String> fault, Receipt receipt) {

    public Arrival {
        Objects.requireNonNull(origin, "origin");
        Objects.requireNonNull(history, "history");
        Objects.requireNonNull(receipt, "receipt");
    }

    /** Something that comes in for the first time. */
    public Arrival(Origin origin, byte[] content, Receipt receipt) {
        this(origin, content, History.none(), Optional.empty(), receipt);
    }

    /** The id of a request that names none. */
    public String defaultId() {
        return DefaultId.of(this);
    }

    /**
     * What a request of this id is called among all that there ever are: the id itself, if its sender has given it. An id of
     * ours may be that of another request, too: a topic that was made anew counts its offsets from 0, and a file may be
     * dropped again. So the time of the record or file is added, which stays the same in retries and redrives.
     */
    public String uniqueId(String id) {
        return DefaultId.isOf(this, id) ? id + "@" + origin.time() : id;
    }
}
