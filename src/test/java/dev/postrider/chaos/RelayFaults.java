package dev.postrider.chaos;

import dev.postrider.fixture.Installation;
import java.time.Duration;
import java.util.List;

/** The relay cannot be used for a while, and then it can. A good recipient must not notice. */
final class RelayFaults {

    private RelayFaults() {}

    static List<Fault> of(ChaosSettings settings) {
        Duration minute = settings.minute();
        Duration moment = settings.moment();
        return List.of(
                Fault.of("the relay refuses connections", world -> {
                            world.relay().stopListening();
                            world.relay().disconnectAll();
                            world.last(minute);
                            world.relay().resumeListening();
                        })
                        .during(minute.plusSeconds(2)),
                Fault.of("the relay hangs", world -> {
                            world.relay().hangAt("");
                            world.last(minute);
                            world.mendRelay();
                            world.relay().disconnectAll();
                        })
                        .during(minute.plusSeconds(2)),
                Fault.of("the password is wrong", world -> {
                            world.relay().auth(Installation.USER, "another");
                            world.relay().disconnectAll();
                            world.last(moment);
                            world.relay().auth(Installation.USER, Installation.PASSWORD);
                        })
                        .during(moment.plusSeconds(2)),
                Fault.of("the relay's certificate has expired", world -> {
                            world.installation().showExpiredCertificate();
                            world.relay().disconnectAll();
                            world.last(moment);
                            world.installation().showGoodCertificate();
                        })
                        .during(moment.plusSeconds(2)));
    }
}
