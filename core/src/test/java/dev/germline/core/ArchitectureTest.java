package dev.germline.core;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.time.Clock;
import java.time.Instant;

/** The core is pure: values in, values out. */
@AnalyzeClasses(packages = "dev.germline.core", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {
  @ArchTest
  static final ArchRule noOutsideWorld =
      noClasses()
          .should()
          .dependOnClassesThat(
              resideInAnyPackage(
                  "java.net..",
                  "java.nio.file..",
                  "java.sql..",
                  "io.micronaut..",
                  "org.neo4j..",
                  "org.slf4j..",
                  "java.util.logging.."));

  @ArchTest
  static final ArchRule noFiles =
      noClasses().should().dependOnClassesThat().belongToAnyOf(java.io.File.class);

  /** But for choosing the faster of two kernels that compute the same. */
  @ArchTest
  static final ArchRule noClock =
      noClasses()
          .that()
          .doNotHaveSimpleName("Blake3Trial")
          .should()
          .callMethod(System.class, "currentTimeMillis")
          .orShould()
          .callMethod(System.class, "nanoTime")
          .orShould()
          .callMethod(Instant.class, "now")
          .orShould()
          .dependOnClassesThat()
          .belongToAnyOf(Clock.class);
}
