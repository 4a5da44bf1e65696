package dev.postrider;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.name;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.GeneralCodingRules.ACCESS_STANDARD_STREAMS;
import static com.tngtech.archunit.library.GeneralCodingRules.USE_JAVA_UTIL_LOGGING;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import dev.postrider.ops.StartupFailure;

/** Which package may know which: the road of a send request goes one way. */
@AnalyzeClasses(packages = "dev.postrider", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {

    private static final String SUBMISSION = "submission";
    private static final String SMTP = "smtp";
    private static final String DKIM = "dkim";
    private static final String TEMPLATE = "template";
    private static final String MESSAGE = "message";
    private static final String INTAKE = "intake";
    private static final String DISK = "disk";
    private static final String KAFKA = "kafka";
    private static final String LEDGER = "ledger";
    private static final String OUTCOME = "outcome";
    private static final String DELIVERY = "delivery";
    private static final String OPS = "ops";
    private static final String REDRIVE = "redrive";

    @ArchTest
    static final ArchRule eachPackageKnowsOnlyThoseBeforeIt = layeredArchitecture()
            .consideringOnlyDependenciesInLayers()
            .layer(SUBMISSION)
            .definedBy("dev.postrider.submission..")
            .layer(SMTP)
            .definedBy("dev.postrider.smtp..")
            .layer(DKIM)
            .definedBy("dev.postrider.dkim..")
            .layer(TEMPLATE)
            .definedBy("dev.postrider.template..")
            .layer(MESSAGE)
            .definedBy("dev.postrider.message..")
            .layer(INTAKE)
            .definedBy("dev.postrider.intake..")
            .layer(DISK)
            .definedBy("dev.postrider.disk..")
            .layer(KAFKA)
            .definedBy("dev.postrider.kafka..")
            .layer(LEDGER)
            .definedBy("dev.postrider.ledger..")
            .layer(OUTCOME)
            .definedBy("dev.postrider.outcome..")
            .layer(DELIVERY)
            .definedBy("dev.postrider.delivery..")
            .layer(OPS)
            .definedBy("dev.postrider.ops..")
            .layer(REDRIVE)
            .definedBy("dev.postrider.redrive..")
            .whereLayer(SUBMISSION)
            .mayNotAccessAnyLayer()
            .whereLayer(SMTP)
            .mayOnlyAccessLayers(DISK, SUBMISSION)
            .whereLayer(DKIM)
            .mayOnlyAccessLayers(DISK)
            .whereLayer(TEMPLATE)
            .mayOnlyAccessLayers(SUBMISSION)
            .whereLayer(MESSAGE)
            .mayOnlyAccessLayers(DKIM, SMTP, SUBMISSION)
            .whereLayer(INTAKE)
            .mayOnlyAccessLayers(SUBMISSION, DISK, KAFKA)
            .whereLayer(DISK)
            .mayNotAccessAnyLayer()
            .whereLayer(KAFKA)
            .mayNotAccessAnyLayer()
            .whereLayer(LEDGER)
            .mayOnlyAccessLayers(DISK, KAFKA)
            .whereLayer(OUTCOME)
            .mayOnlyAccessLayers(DISK, KAFKA)
            .whereLayer(DELIVERY)
            .mayOnlyAccessLayers(SMTP, MESSAGE, INTAKE, DISK, KAFKA, LEDGER, OUTCOME, SUBMISSION)
            .whereLayer(REDRIVE)
            .mayOnlyAccessLayers(SUBMISSION, DISK, KAFKA);

    @ArchTest
    static final ArchRule noPackagesKnowEachOther =
            slices().matching("dev.postrider.(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule theRequestIsPlainJava = noClasses()
            .that()
            .resideInAPackage("dev.postrider.submission..")
            .should()
            .dependOnClassesThat(resideInAnyPackage("org.apache..", "jakarta..", "io.quarkus..", "io.smallrye..")
                    // The one parser of address lists there is; it needs no session and nothing to be configured.
                    .and(not(name("jakarta.mail.internet.InternetAddress")
                            .or(name("jakarta.mail.internet.AddressException")))))
            .because("what we are asked to send is read without Camel, mail API or container");

    @ArchTest
    static final ArchRule onlySmtpOpensConnections = noClasses()
            .that()
            .resideOutsideOfPackage("dev.postrider.smtp..")
            .and()
            .doNotHaveFullyQualifiedName(
                    "dev.postrider.ops.BrokerPort") // Looks who is there, and says nothing of ours.
            .should()
            .dependOnClassesThat()
            .haveNameMatching("java\\.net\\.(http\\..*|(Server)?Socket|URLConnection)"
                    + "|java\\.nio\\.channels\\.(Async.*)?SocketChannel"
                    + "|javax\\.net\\..*"
                    + "|jakarta\\.mail\\.Transport"
                    + "|org\\.eclipse\\.angus\\.mail\\.smtp\\.SMTP(SSL)?Transport")
            .because("TLS, authentication and time limits are looked after there and nowhere else");

    @ArchTest
    static final ArchRule onlyTheCommandLineAndAFailedStartPrint = noClasses()
            .that()
            .doNotHaveFullyQualifiedName(StartupFailure.class.getName())
            .and()
            .doNotHaveFullyQualifiedName(Postrider.class.getName())
            .and()
            .doNotHaveFullyQualifiedName("dev.postrider.redrive.Terminal")
            .should(ACCESS_STANDARD_STREAMS);

    @ArchTest
    static final ArchRule thereIsOneLogger = noClasses().should(USE_JAVA_UTIL_LOGGING);
}
