package dev.postrider.delivery;

import dev.postrider.submission.Expired;
import dev.postrider.submission.Submission;
import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import java.time.Clock;

/** Sees to it that a request is relayed within its time. Thread-safe. */
@Singleton
@Named("sendTimes")
@RegisterForReflection
public class SendTimes {

    private final Clock clock;

    @Inject
    SendTimes() {
        this(Clock.systemUTC());
    }

    SendTimes(Clock clock) {
        this.clock = clock;
    }

    /** @throws Expired when it is too late; the message asks once more, last thing before it leaves */
    public void checkNotOver(Submission request) {
        request.window().requireNotOver(clock.instant());
    }
}
