package dev.postrider.demo;

/** What the demo says before and after the tour. */
final class Guide {

    private final Peers peers;
    private final DemoFolder folder;
    private final Screen screen;

    Guide(Peers peers, DemoFolder folder, Screen screen) {
        this.peers = peers;
        this.folder = folder;
        this.screen = screen;
    }

    void introduce() {
        screen.say("""

                  Kafka      localhost:%d  a broker with the topic %s; Postrider creates its own
                  relay      localhost:%d  wants STARTTLS and AUTH; its certificate is from a CA made just now
                  Postrider  localhost:%d  target/quarkus-app, a process of its own; trusts that CA only
                """.formatted(
                peers.broker().port(),
                Peers.REQUESTS,
                peers.relay().port(),
                peers.application().httpPort()).stripTrailing());
    }

    void suggest() {
        screen.heading("Everything stays up until Ctrl-C. Try, from another terminal in this directory:");
        screen.say("""

                  a request on the topic    java @DEMO/produce DEMO/requests/hello.json
                  one of your own           echo '{"from":"me@example.com","to":["you@example.org"],"text":"Hi"}' |
                                            java @DEMO/produce
                  a file in the inbox       ln DEMO/requests/hello.json DEMO/spool/inbox/
                  what became of each       java @DEMO/outcomes
                  dead letters              REDRIVE
                                            java @DEMO/dead-letters
                                            cat DEMO/spool/dead-letters/*.failure.json
                  a crash                   kill -9 PID
                  what the relay was given  ls DEMO/relay/
                  health and metrics        http://localhost:HTTP/q/health  http://localhost:HTTP/q/metrics
                  its settings and its log  DEMO/config/application.properties  DEMO/postrider.log

                nobody@... is refused for good, busy@... put off until both retries are used up; anybody else is welcome.""".replace("REDRIVE", folder.commandLine("redrive", "list"))
                .replace("DEMO", folder.path().toString())
                .replace("PID", Long.toString(peers.application().pid()))
                .replace("HTTP", Integer.toString(peers.application().httpPort())));
    }
}
