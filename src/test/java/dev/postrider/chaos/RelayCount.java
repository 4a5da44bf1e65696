package dev.postrider.chaos;

import dev.postrider.fixture.ReceivedMessage;
import dev.postrider.fixture.RelayWatch;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Counts at the relay: what it has taken, by recipient, and how many transactions are under way. Thread-safe. */
final class RelayCount implements RelayWatch {

    /** What was relayed is noted once its outcome is stored, which takes a while when the application has just started. */
    static final Duration JUST_NOW = Duration.ofMillis(250);

    private static final Duration UNREAD = Duration.ofMillis(50);

    private final Map<String, Integer> taken = new HashMap<>();
    private final Set<Integer> open = new HashSet<>();
    private final Set<Integer> untold = new HashSet<>();
    private final Map<Integer, Long> told = new HashMap<>();
    private final Deque<Long> ended = new ArrayDeque<>();
    /** By session: whose message was not answered yet. */
    private final Map<Integer, List<String>> recipients = new HashMap<>();

    private final Map<String, Long> answered = new HashMap<>();
    private final List<Long> kills = new ArrayList<>();
    private final List<Duration> answeredBeforeKill = new ArrayList<>();
    private int copies = 1;
    private int messages;
    private int begun;
    private int unanswered;

    @Override
    public synchronized void began(int session) {
        open.add(session);
        begun++;
    }

    @Override
    public synchronized void accepted(ReceivedMessage message) {
        messages++;
        untold.add(message.session());
        message.recipients().forEach(recipient -> {
            if (taken.merge(recipient, copies, Integer::sum) > 1) {
                noteCopy(recipient);
            }
        });
        recipients.put(message.session(), message.recipients());
        copies = 1;
        notifyAll();
    }

    /** Counts the next message so many times: what a lost one and a duplicate look like. */
    synchronized void miscountNext(int times) {
        copies = times;
    }

    @Override
    public synchronized void ended(int session) {
        if (untold.remove(session)) {
            told.put(session, System.nanoTime());
            recipients
                    .getOrDefault(session, List.of())
                    .forEach(recipient -> answered.put(recipient, System.nanoTime()));
        }
        if (open.remove(session)) {
            ended.add(System.nanoTime());
            forgetOld();
        }
    }

    @Override
    public synchronized void left(int session) {
        // What was told just before the connection was reset is thrown away with it, unread.
        Long toldAt = told.remove(session);
        boolean unread = toldAt != null && System.nanoTime() - toldAt < UNREAD.toNanos();
        if (untold.remove(session) || unread) {
            unanswered++;
            recipients.getOrDefault(session, List.of()).forEach(answered::remove);
        }
        ended(session);
    }

    /** An instance is killed now. */
    synchronized void killed() {
        kills.add(System.nanoTime());
    }

    /** The first copy was answered before the last kill, and was not noted by then. */
    private void noteCopy(String recipient) {
        Long first = answered.remove(recipient);
        kills.stream()
                .filter(kill -> first != null && kill > first)
                .findFirst()
                .ifPresent(kill -> answeredBeforeKill.add(Duration.ofNanos(kill - first)));
    }

    /** Of messages that came twice: how long before the kill the first one was answered, in order. */
    synchronized List<Duration> answeredBeforeKill() {
        return answeredBeforeKill.stream().sorted().toList();
    }

    /** A copy: how often each recipient was relayed to. */
    synchronized Map<String, Integer> byRecipient() {
        return new HashMap<>(taken);
    }

    synchronized int messages() {
        return messages;
    }

    synchronized int begun() {
        return begun;
    }

    /** Transactions that are not over, or have not been for longer than it takes to commit. */
    synchronized int underWay() {
        forgetOld();
        return open.size() + ended.size();
    }

    /** The relay took messages and was not able to say so: so many may rightly come twice. */
    synchronized int unanswered() {
        return unanswered + untold.size(); // A relay that hangs never gets round to it.
    }

    /** Returns as soon as the relay has taken so many messages, or after this time. */
    synchronized void awaitMessages(int count, Duration atMost) throws InterruptedException {
        long end = System.nanoTime() + atMost.toNanos();
        for (long left = atMost.toMillis(); messages < count && left > 0; ) {
            wait(left);
            left = (end - System.nanoTime()) / 1_000_000;
        }
    }

    private void forgetOld() {
        long since = System.nanoTime() - JUST_NOW.toNanos();
        while (!ended.isEmpty() && ended.peek() < since) {
            ended.poll();
        }
    }
}
