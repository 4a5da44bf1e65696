package dev.postrider.smtp;

import dev.postrider.fixture.ScriptedRelay;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/** Settings for tests: the defaults, but nothing takes longer than a test has patience for. */
final class SmtpSettings implements SmtpConfig, SmtpConfig.Pool, SmtpConfig.Probe, RateConfig {

    private String host = "localhost";
    private volatile int port;
    private Tls tls = Tls.STARTTLS;
    private Optional<Path> trustCertificates = Optional.empty();
    private Optional<String> username = Optional.empty();
    private Optional<String> password = Optional.empty();
    private Optional<Path> passwordFile = Optional.empty();
    private Optional<String> ehloName = Optional.of("client.test");
    private Duration connectTimeout = Duration.ofSeconds(10);
    private Duration openTimeout = Duration.ofSeconds(10);
    private Duration readTimeout = Duration.ofSeconds(10);
    private Duration writeTimeout = Duration.ofSeconds(10);
    private Duration transactionDeadline = Duration.ofSeconds(20);
    private int lostConnectionRetries = 2;
    private boolean pipelining = true;
    private boolean chunking = true;
    private Optional<List<String>> discardEhloKeywords = Optional.empty();
    private int size = 8;
    private int maxTransactions = 100;
    private Duration maxAge = Duration.ofMinutes(10);
    private Duration idleTimeout = Duration.ofSeconds(60);
    private Duration probeAfter = Duration.ofSeconds(60);
    private Duration delay = Duration.ofMillis(20);
    private Duration maxDelay = Duration.ofMillis(100);
    private OptionalDouble messagesPerSecond = OptionalDouble.empty();
    private int burst = 1;

    /** For this relay, without TLS. */
    static SmtpSettings plain(ScriptedRelay relay) {
        return new SmtpSettings().tls(Tls.NONE).relay(relay);
    }

    /** For this relay, with STARTTLS, trusting these authorities only. */
    static SmtpSettings startTls(ScriptedRelay relay, Path authorities) {
        return new SmtpSettings().trustCertificates(authorities).relay(relay);
    }

    /** May be said while they are in use: as if another relay were running at the place of the one before. */
    SmtpSettings relay(ScriptedRelay relay) {
        return port(relay.port());
    }

    SmtpSettings host(String value) {
        host = value;
        return this;
    }

    SmtpSettings port(int value) {
        port = value;
        return this;
    }

    SmtpSettings tls(Tls value) {
        tls = value;
        return this;
    }

    SmtpSettings trustCertificates(Path value) {
        trustCertificates = Optional.of(value);
        return this;
    }

    SmtpSettings login(String user, String secret) {
        username = Optional.of(user);
        password = Optional.of(secret);
        return this;
    }

    SmtpSettings passwordFile(Path value) {
        passwordFile = Optional.of(value);
        return this;
    }

    SmtpSettings username(String value) {
        username = Optional.of(value);
        return this;
    }

    SmtpSettings ehloName(String value) {
        ehloName = Optional.of(value);
        return this;
    }

    SmtpSettings withoutEhloName() {
        ehloName = Optional.empty();
        return this;
    }

    SmtpSettings connectTimeout(Duration value) {
        connectTimeout = value;
        return this;
    }

    SmtpSettings openTimeout(Duration value) {
        openTimeout = value;
        return this;
    }

    SmtpSettings readTimeout(Duration value) {
        readTimeout = value;
        return this;
    }

    SmtpSettings writeTimeout(Duration value) {
        writeTimeout = value;
        return this;
    }

    SmtpSettings transactionDeadline(Duration value) {
        transactionDeadline = value;
        return this;
    }

    SmtpSettings lostConnectionRetries(int value) {
        lostConnectionRetries = value;
        return this;
    }

    SmtpSettings pipelining(boolean value) {
        pipelining = value;
        return this;
    }

    SmtpSettings chunking(boolean value) {
        chunking = value;
        return this;
    }

    SmtpSettings discardEhloKeywords(String... keywords) {
        discardEhloKeywords = Optional.of(List.of(keywords));
        return this;
    }

    SmtpSettings poolSize(int value) {
        size = value;
        return this;
    }

    SmtpSettings maxTransactions(int value) {
        maxTransactions = value;
        return this;
    }

    SmtpSettings maxAge(Duration value) {
        maxAge = value;
        return this;
    }

    SmtpSettings idleTimeout(Duration value) {
        idleTimeout = value;
        return this;
    }

    SmtpSettings probeAfter(Duration value) {
        probeAfter = value;
        return this;
    }

    SmtpSettings probeDelay(Duration first, Duration longest) {
        delay = first;
        maxDelay = longest;
        return this;
    }

    SmtpSettings rate(double messagesPerSecond, int burst) {
        this.messagesPerSecond = OptionalDouble.of(messagesPerSecond);
        this.burst = burst;
        return this;
    }

    @Override
    public String host() {
        return host;
    }

    @Override
    public int port() {
        return port;
    }

    @Override
    public Tls tls() {
        return tls;
    }

    @Override
    public Optional<Path> trustCertificates() {
        return trustCertificates;
    }

    @Override
    public Optional<String> username() {
        return username;
    }

    @Override
    public Optional<String> password() {
        return password;
    }

    @Override
    public Optional<Path> passwordFile() {
        return passwordFile;
    }

    @Override
    public Optional<String> ehloName() {
        return ehloName;
    }

    @Override
    public Duration connectTimeout() {
        return connectTimeout;
    }

    @Override
    public Duration openTimeout() {
        return openTimeout;
    }

    @Override
    public Duration readTimeout() {
        return readTimeout;
    }

    @Override
    public Duration writeTimeout() {
        return writeTimeout;
    }

    @Override
    public Duration transactionDeadline() {
        return transactionDeadline;
    }

    @Override
    public int lostConnectionRetries() {
        return lostConnectionRetries;
    }

    @Override
    public boolean pipelining() {
        return pipelining;
    }

    @Override
    public boolean chunking() {
        return chunking;
    }

    @Override
    public Optional<List<String>> discardEhloKeywords() {
        return discardEhloKeywords;
    }

    @Override
    public Pool pool() {
        return this;
    }

    @Override
    public Probe probe() {
        return this;
    }

    @Override
    public int size() {
        return size;
    }

    @Override
    public int maxTransactions() {
        return maxTransactions;
    }

    @Override
    public Duration maxAge() {
        return maxAge;
    }

    @Override
    public Duration idleTimeout() {
        return idleTimeout;
    }

    @Override
    public Duration probeAfter() {
        return probeAfter;
    }

    @Override
    public Duration delay() {
        return delay;
    }

    @Override
    public Duration maxDelay() {
        return maxDelay;
    }

    @Override
    public OptionalDouble messagesPerSecond() {
        return messagesPerSecond;
    }

    @Override
    public int burst() {
        return burst;
    }
}
