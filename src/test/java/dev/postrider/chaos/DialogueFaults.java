package dev.postrider.chaos;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The dialogue breaks off: for a moment every time the relay comes to that point. */
final class DialogueFaults {

    static final Map<String, String> POINTS = new LinkedHashMap<>();

    static {
        POINTS.put("EHLO", "EHLO");
        POINTS.put("STARTTLS", "STARTTLS");
        POINTS.put("AUTH", "AUTH");
        POINTS.put("MAIL", "MAIL");
        POINTS.put("RCPT", "RCPT");
        POINTS.put("DATA", "DATA");
        POINTS.put("mid-data", "the content");
        POINTS.put("end-of-data", "the final dot");
    }

    private DialogueFaults() {}

    static List<Fault> of(ChaosSettings settings) {
        List<Fault> faults = new ArrayList<>();
        Duration moment = settings.moment();
        Duration span = moment.plusSeconds(1);
        Map<String, String> points = new LinkedHashMap<>(POINTS);
        points.keySet().retainAll(settings.points());
        points.forEach((point, name) -> faults.add(Fault.of("reset at " + name, world -> {
                    world.relay().resetAt(point);
                    // Sessions already open are past these points.
                    world.relay().disconnectAll();
                    world.last(moment);
                    world.mendRelay();
                })
                .during(span)));
        faults.add(Fault.of("reset after the message was taken", world -> takeAndReset(world, 10))
                .during(span));
        points.keySet().retainAll(Set.of("MAIL", "RCPT", "end-of-data"));
        for (String line : points.keySet()) {
            faults.add(Fault.of("421 to " + POINTS.get(line), world -> {
                        world.relay().replyTo(line, "421 4.3.2 shutting down");
                        world.last(moment);
                        world.mendRelay();
                    })
                    .during(span));
        }
        return faults;
    }

    /** Nobody can know then whether the relay has it: each time may be a duplicate. */
    private static void takeAndReset(World world, int times) {
        for (int n = 0; n < times; n++) {
            world.relay().resetOnceAt("accepted");
        }
        world.last(world.settings().moment());
    }
}
