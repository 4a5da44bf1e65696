package dev.postrider.delivery;

import dev.postrider.submission.Arrival;
import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import org.apache.camel.Variable;

/** Tells the source that a request is settled: the offset may be committed, the file put away. */
@Singleton
@Named("acknowledgement")
@RegisterForReflection
public class Acknowledgement {

    private final UntilStored untilStored;

    Acknowledgement(UntilStored untilStored) {
        this.untilStored = untilStored;
    }

    public void settle(@Variable("arrival") Arrival arrival) {
        untilStored.store("acknowledge " + arrival.origin().name(), arrival.receipt()::settle);
    }

    /** Nothing is acknowledged: whoever has the source goes on with it. */
    public void leave(@Variable("arrival") Arrival arrival) {
        arrival.receipt().leave();
    }
}
