package dev.germline.app;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.simpleNameEndingWith;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** The module map: who may know whom. */
@AnalyzeClasses(
    packages = {
      "dev.germline.app",
      "dev.germline.core",
      "dev.germline.graph",
      "dev.germline.blobstore"
    },
    importOptions = ImportOption.DoNotIncludeTests.class)
final class ModuleMapTest {
  @ArchTest
  static final ArchRule ONLY_THE_GRAPH_SEES_THE_DRIVER =
      noClasses()
          .that()
          .resideOutsideOfPackage("dev.germline.graph..")
          .and()
          .haveNameNotMatching("dev\\.germline\\.app\\.\\$?[A-Z][A-Za-z]*Wiring.*")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("org.neo4j..");

  @ArchTest
  static final ArchRule ONLY_THE_BLOBSTORE_SEES_S3 =
      noClasses()
          .that()
          .resideOutsideOfPackage("dev.germline.blobstore..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("io.minio..", "okhttp3..");

  @ArchTest
  static final ArchRule THE_CORE_KNOWS_NOBODY =
      noClasses()
          .that()
          .resideInAPackage("dev.germline.core..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "dev.germline.app..",
              "dev.germline.graph..",
              "dev.germline.blobstore..",
              "io.micronaut..",
              "java.sql..",
              "java.net.http..");

  @ArchTest
  static final ArchRule GRAPH_AND_BLOBSTORE_KNOW_THE_CORE_ONLY =
      noClasses()
          .that()
          .resideInAnyPackage("dev.germline.graph..", "dev.germline.blobstore..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("dev.germline.app..", "io.micronaut..", "java.sql..");

  @ArchTest
  static final ArchRule FEATURES_DO_NOT_GO_IN_CIRCLES =
      slices().matching("dev.germline.app.(*)..").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule CONTROLLERS_CALL_SERVICES =
      noClasses()
          .that()
          .haveSimpleNameEndingWith("Controller")
          .should()
          .dependOnClassesThat(
              simpleNameEndingWith("Rows")
                  .or(simpleNameEndingWith("Table"))
                  .or(simpleNameEndingWith("Tables"))
                  .or(resideInAPackage("java.sql.."))
                  .or(resideInAPackage("dev.germline.app.sql..")));

  @ArchTest
  static final ArchRule REPOSITORIES_STAY_IN_THEIR_FEATURE =
      classes()
          .that()
          .resideInAPackage("dev.germline.app..")
          .and()
          .haveNameMatching(".*(Rows|Table|Tables)")
          .and()
          .areNotInterfaces()
          .should()
          .bePackagePrivate();

  @ArchTest
  static final ArchRule PACKAGES_ARE_NAMED_BY_FEATURE =
      noClasses()
          .should()
          .resideInAnyPackage(
              "..dto..", "..util..", "..utils..", "..impl..", "..common..", "..helper..");
}
