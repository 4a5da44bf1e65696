package dev.postrider.redrive;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.postrider.submission.AttachmentsRoot;
import dev.postrider.submission.RequestLimits;
import dev.postrider.submission.RequestReader;
import java.util.Optional;

/** Edits what is redriven, and refuses what would only come back: a request that is not valid. For one thread. */
final class Mending {

    private final Edit edit;
    /** Made when it is needed, since it takes a while. */
    private RequestReader reader;

    Mending(Edit edit) {
        this.edit = edit;
    }

    Outgoing apply(Letter letter) throws Refused {
        Outgoing outgoing = edit.apply(letter);
        if (outgoing.edited()) {
            check(Json.object(outgoing.content().orElseThrow()).orElseThrow());
        }
        return outgoing;
    }

    private void check(ObjectNode request) throws Refused {
        // Where their files are, and how large they may be, only the application knows.
        request.remove("attachments");
        if (reader == null) {
            reader = new RequestReader(RequestLimits.defaults(), AttachmentsRoot.none());
        }
        Optional<String> fault = reader.faultOf(request);
        if (fault.isPresent()) {
            throw new Refused("edited like that it would not be valid: " + fault.get());
        }
    }
}
