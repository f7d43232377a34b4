package dev.germline.cli;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import dev.germline.cli.ledger.OfflineVerification;
import dev.germline.cli.ledger.VerifyCommand;

/** The command line knows the core and the server's address, nothing else of ours. */
@AnalyzeClasses(packages = "dev.germline.cli", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {
  private static final DescribedPredicate<JavaClass> OURS = resideInAPackage("dev.germline..");

  @ArchTest
  static final ArchRule onlyTheCore =
      noClasses()
          .should()
          .dependOnClassesThat(
              OURS.and(
                  DescribedPredicate.not(
                      resideInAnyPackage("dev.germline.cli..", "dev.germline.core.."))));

  /** Offline means offline: nothing of this can reach a network. */
  @ArchTest
  static final ArchRule verificationKnowsNoNetwork =
      noClasses()
          .that()
          .belongToAnyOf(OfflineVerification.class, VerifyCommand.class)
          .should()
          .dependOnClassesThat(
              resideInAnyPackage("java.net..")
                  .or(JavaClass.Predicates.simpleName("Client"))
                  .or(JavaClass.Predicates.simpleName("ServerCommand")));
}
