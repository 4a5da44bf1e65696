package dev.postrider.bench;

import java.util.ArrayList;
import java.util.List;

/** From the fields of a message to the relay's reply: everybody's sender, ours without the application around it. */
final class Sending implements Section {

    private static final int MANY = 20;
    private static final int SOME = 8;
    private static final int QUEUED = 1_500;

    @Override
    public String name() {
        return "sending";
    }

    @Override
    public void run(Lab lab) throws Exception {
        BenchSettings settings = lab.settings();
        List<Peer> peers = lab.peers().all(lab.remarks());
        try {
            for (int sessions : settings.sessions()) {
                for (int delay : settings.delays()) {
                    Cell cell = Cell.send(Letter.SMALL, sessions, delay, Offer.BOTH);
                    lab.contest().hold(cell, sessions == MANY ? withPostfix(peers, lab) : peers);
                }
            }
            for (int delay : settings.delays()) {
                lab.contest().hold(Cell.send(Letter.LARGE, SOME, delay, Offer.BOTH), peers);
            }
            for (int sessions : settings.quick() ? List.<Integer>of() : List.of(1, MANY)) {
                lab.contest().hold(Cell.send(Letter.LARGE, sessions, 0, Offer.BOTH), peers);
            }
            for (Offer offer : List.of(Offer.PIPELINING, Offer.NEITHER)) {
                for (int delay : settings.delays()) {
                    lab.contest().hold(Cell.send(Letter.SMALL, MANY, delay, offer), pipelining(peers));
                }
            }
        } finally {
            peers.forEach(Peer::close);
        }
    }

    private static List<Peer> withPostfix(List<Peer> peers, Lab lab) {
        List<Peer> more = new ArrayList<>(peers);
        Postfix.missing()
                .ifPresentOrElse(
                        why -> lab.remarks().add("Postfix was left out: " + why),
                        () -> more.add(new PostfixPeer(
                                lab.relay(), lab.home(), lab.settings().quick() ? 300 : QUEUED)));
        return more;
    }

    /** Those for whom the offer can make a difference, and one to compare with. */
    private static List<Peer> pipelining(List<Peer> peers) {
        return peers.stream()
                .filter(peer -> List.of(Peers.POSTRIDER, Peers.NODEMAILER, Peers.NODEMAILER_TUNED, Peers.ANGUS)
                        .contains(peer.name()))
                .toList();
    }

    @Override
    public String report(Lab lab) {
        return "### Sending\n\n" + new Tables(lab.results()).of(Cell.Work.SEND);
    }
}
