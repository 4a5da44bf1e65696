package dev.postrider.bench;

import java.io.IOException;
import java.util.List;
import java.util.Map;

/** From a waiting record or file to the relay's reply, with the packaged application. */
final class Carrying implements Section {

    private static final int SESSIONS = 20;

    @Override
    public String name() {
        return "carrying";
    }

    @Override
    public void run(Lab lab) throws Exception {
        List<Peer> peers = peers(lab);
        try {
            for (int delay : lab.settings().quick() ? List.of(0) : List.of(5, 0)) {
                lab.contest().hold(Cell.carry(SESSIONS, delay, Offer.BOTH), peers);
            }
        } finally {
            peers.forEach(Peer::close);
        }
    }

    private static List<Peer> peers(Lab lab) throws IOException {
        int records = lab.settings().records();
        Consumers consumers = lab.consumers();
        return List.of(
                kafka(Peers.KAFKA, lab, consumers.application(Map.of())),
                kafka(Peers.KAFKA_SIGNED, lab, consumers.application(SigningKey.settings(lab.home()))),
                kafka(Peers.KAFKA_BY_HAND, lab, consumers.byHand()),
                new FolderPeer(lab.relay(), lab.home(), records),
                lab.peers().postrider());
    }

    private static Peer kafka(String name, Lab lab, KafkaPeer.Start start) {
        return new KafkaPeer(name, lab.relay(), lab.broker(), lab.settings().records(), start);
    }

    @Override
    public String report(Lab lab) {
        return "### From Kafka and from a folder\n\n" + new Tables(lab.results()).of(Cell.Work.CARRY);
    }
}
