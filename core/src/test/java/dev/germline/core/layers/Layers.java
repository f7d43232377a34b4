package dev.germline.core.layers;

import dev.germline.core.GermlineException;
import dev.germline.core.merkle.Blake3;
import dev.germline.core.substrate.Digest;
import dev.germline.core.weights.FileFormat;
import dev.germline.core.weights.GitBlobId;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Tuple;
import org.jspecify.annotations.Nullable;

/** Layers for tests: one real one, and arbitrary valid ones of all types. */
final class Layers {
  private Layers() {}

  static Digest digestOf(String text) {
    return Blake3.hash(text.getBytes(StandardCharsets.UTF_8));
  }

  static LayerFile file(String path) {
    return new LayerFile(
        FilePath.parse(path),
        133_093_490L,
        digestOf(path),
        digestOf("sha256 of " + path),
        GitBlobId.parse("0123456789abcdef0123456789abcdef01234567"),
        FileFormat.ONNX,
        new TreeMap<>(Map.of("irVersion", "7")));
  }

  static Manifest manifest(String name) {
    return new Manifest(
        LayerName.parse(name),
        "A small English text embedding model",
        List.of("text-embedding", "retrieval"),
        List.of(),
        new Provenance(
            "ada",
            Instant.parse("2026-03-03T12:00:00.123Z"),
            Provenance.Method.TRAINING,
            List.of(),
            List.of()),
        new Sharing(
            Sharing.Visibility.PUBLIC,
            List.of(),
            new License(SpdxExpression.parse("MIT"), true, null)),
        null,
        List.of(),
        List.of(),
        List.of(file("model.onnx")));
  }

  static FoundationLayer bge(String version) {
    return new FoundationLayer(
        manifest("baai/bge-small-en@" + version),
        new FoundationLayer.BaseModel(
            FoundationLayer.Family.CUSTOM,
            "BertModel",
            FoundationLayer.Size.SMALL,
            512,
            33_360_000),
        new FoundationLayer.Pretraining(
            List.of(new DatasetRef("the-pile", null, null, null)),
            LocalDate.parse("2023-08-05"),
            List.of("en"),
            List.of()));
  }

  static FoundationLayer evolved(FoundationLayer layer, Layer parent) {
    Provenance provenance = layer.manifest().provenance();
    return layer.withManifest(
        layer
            .manifest()
            .withProvenance(
                new Provenance(
                    provenance.creator(),
                    provenance.createdAt(),
                    Provenance.Method.EVOLUTION,
                    List.of(parentOf(LayerRef.to(parent))),
                    List.of())));
  }

  static Parent parentOf(LayerRef ref) {
    return new Parent(
        ref.layer(), ref.digest(), "finetune", 1, new TreeMap<>(Map.of("mteb.retrieval", 0.5168)));
  }

  static Arbitrary<String> text() {
    Arbitrary<String> plain = Arbitraries.chars().range(' ', '~').map(String::valueOf);
    Arbitrary<String> odd =
        Arbitraries.of(
            "ä", "ß", "中", "Ω", "\"", "\\", "\n", "\t", "\uD83E\uDDEC", "\u2028", "\uE000");
    return Arbitraries.frequencyOf(Tuple.of(4, plain), Tuple.of(1, odd))
        .list()
        .ofMinSize(1)
        .ofMaxSize(16)
        .map(parts -> String.join("", parts))
        .filter(text -> !text.isBlank());
  }

  static Arbitrary<String> part() {
    return Arbitraries.of("baai", "acme", "bge-small-en", "llama-3.1-8b", "a", "0", "x_y", "q.z");
  }

  static Arbitrary<LayerName> name() {
    return Combinators.combine(
            part(),
            part(),
            Arbitraries.integers().between(0, 999_999_999),
            Arbitraries.integers().between(0, 99),
            Arbitraries.of("", "-rc.1", "-alpha-7.x", "-0a"))
        .as((ns, n, major, minor, pre) -> LayerName.of(ns, n, major + "." + minor + ".0" + pre));
  }

  static Arbitrary<Digest> digest() {
    return Arbitraries.bytes().array(byte[].class).ofSize(32).map(Digest::of);
  }

  static Arbitrary<LayerRef> ref() {
    return Combinators.combine(name(), digest()).as(LayerRef::new);
  }

  static Arbitrary<Double> number() {
    return Arbitraries.oneOf(
        Arbitraries.doubles(), Arbitraries.of(0.0, -0.0, 1.0, 1e21, 1e-7, 4.9E-324, 0.1, 1e300));
  }

  static Arbitrary<Double> unit() {
    return Arbitraries.oneOf(
        Arbitraries.doubles().between(0, 1).ofScale(12), Arbitraries.of(0.0, -0.0, 1.0, 1e-300));
  }

  private static Arbitrary<List<String>> texts() {
    return text().list().ofMaxSize(3).map(list -> List.copyOf(new TreeSet<>(list)));
  }

  private static Arbitrary<Instant> time() {
    return Arbitraries.longs().between(0, 253_402_300_799_999L).map(Instant::ofEpochMilli);
  }

  private static Arbitrary<DatasetRef> dataset() {
    return Combinators.combine(
            text(), text().injectNull(.5), text().injectNull(.5), digest().injectNull(.5))
        .as(DatasetRef::new);
  }

  private static Arbitrary<Parent> parent() {
    return Combinators.combine(
            ref(),
            Arbitraries.of("finetune", "merge", "quantized"),
            unit(),
            Arbitraries.maps(text(), number()).ofMaxSize(3))
        .as((ref, how, c, m) -> new Parent(ref.layer(), ref.digest(), how, c, new TreeMap<>(m)));
  }

  private static Arbitrary<Provenance> provenance() {
    return Combinators.combine(
            text(),
            time(),
            Arbitraries.of(Provenance.Method.class),
            parent()
                .list()
                .ofMaxSize(3)
                .uniqueElements(Parent::layer)
                .uniqueElements(Parent::digest),
            dataset().list().ofMaxSize(2))
        .as(Provenance::new);
  }

  private static Arbitrary<Sharing> sharing() {
    Arbitrary<License> license =
        Combinators.combine(
                Arbitraries.of(
                        "MIT", "Apache-2.0 OR MIT", "(GPL-2.0+ WITH Classpath-exception-2.0)")
                    .map(SpdxExpression::parse),
                Arbitraries.of(true, false),
                text().injectNull(.5))
            .as(License::new);
    return Arbitraries.oneOf(
        license.injectNull(.3).map(l -> new Sharing(Sharing.Visibility.PUBLIC, List.of(), l)),
        license.map(l -> new Sharing(Sharing.Visibility.WHITELIST, List.of("ada", "bob"), l)));
  }

  private static Arbitrary<Resources> resources() {
    Arbitrary<@Nullable Long> count =
        Arbitraries.longs().between(0, Check.MAX_INTEGER).injectNull(.4);
    return Combinators.combine(count, count, count, Arbitraries.of("cuda", "cpu").injectNull(.5))
        .as(Resources::new);
  }

  private static Arbitrary<List<LayerFile>> files() {
    return Arbitraries.of("a.safetensors", "b/Ä.gguf", "b/c.json", "d e.bin", "中.onnx")
        .list()
        .uniqueElements()
        .map(paths -> paths.stream().map(Layers::file).toList());
  }

  static Arbitrary<Manifest> manifests() {
    Arbitrary<Dependency> dependency =
        Combinators.combine(
                part(),
                Arbitraries.of("^1.2", "*", ">=1.0.0 <2.0.0", "1.x || 2.0.0-rc.1")
                    .map(VersionRange::parse),
                unit(),
                Arbitraries.of(true, false))
            .as((n, range, s, r) ->
                new Dependency(new LayerFamily("needed-by-tests", n), range, "base-model", s, r));
    Arbitrary<Synergy> synergy = Combinators.combine(ref(), unit(), texts()).as(Synergy::new);
    Arbitrary<Conflict> conflict =
        Combinators.combine(ref(), unit(), text().injectNull(.5))
            .as((ref, s, r) -> new Conflict(ref, "target-modules", s, r));
    return Combinators.combine(
            name(),
            text().injectNull(.3),
            Combinators.combine(texts(), resources().injectNull(.3), files()).as(Some::new),
            dependency.list().ofMaxSize(2).uniqueElements(Dependency::layer),
            provenance(),
            sharing(),
            synergy.list().ofMaxSize(2).uniqueElements(Synergy::target),
            conflict.list().ofMaxSize(2).uniqueElements(Conflict::target))
        .as((n, d, some, deps, prov, share, syn, con) ->
            new Manifest(n, d, some.texts, deps, prov, share, some.resources, syn, con, some.files))
        .ignoreException(GermlineException.class);
  }

  private record Some(List<String> texts, @Nullable Resources resources, List<LayerFile> files) {}

  static Arbitrary<Layer> layer() {
    Arbitrary<SkillLevel> skill = Arbitraries.of(SkillLevel.class);
    Arbitrary<Layer> foundation =
        Combinators.combine(
                manifests(),
                Arbitraries.of(FoundationLayer.Family.class),
                text().injectNull(.5),
                Arbitraries.longs().between(1, Check.MAX_INTEGER),
                dataset().list().ofMaxSize(2),
                texts())
            .as((m, family, architecture, count, data, languages) ->
                new FoundationLayer(
                    m,
                    new FoundationLayer.BaseModel(
                        family, architecture, FoundationLayer.Size.XL, 8192, count),
                    new FoundationLayer.Pretraining(data, null, languages, List.of())));
    Arbitrary<Layer> lora =
        Combinators.combine(
                manifests(),
                Arbitraries.integers().between(1, 65_536),
                unit().map(u -> u + 1e-9),
                unit(),
                texts(),
                skill,
                dataset().injectNull(.5))
            .as((m, rank, alpha, dropout, domains, s, data) ->
                new LoraLayer(
                    m,
                    new LoraLayer.LoraConfig(rank, alpha, List.of("q_proj", "v_proj"), dropout),
                    new LoraLayer.Adaptation(data, 1000L, 2e-4, dropout),
                    new LoraLayer.Specialization("typescript", domains, s)));
    Arbitrary<Layer> memory =
        Combinators.combine(
                manifests(),
                Arbitraries.of(MemoryModule.MemoryType.class),
                Arbitraries.of(MemoryModule.RetrievalMechanism.class),
                Arbitraries.longs().between(1, 1L << 40).map(Duration::ofMillis).injectNull(.3),
                Combinators.combine(
                        text(), digest(), Arbitraries.longs().between(0, 99).injectNull(.3))
                    .as(MemoryModule.ContentRef::new))
            .as((m, type, by, kept, content) ->
                new MemoryModule(
                    m,
                    type,
                    new MemoryModule.Storage(10_000, kept, by),
                    new MemoryModule.Content(content, List.of(content), List.of())));
    Arbitrary<Layer> specialization =
        Combinators.combine(manifests(), text(), texts(), skill, number())
            .as((m, domain, list, s, value) ->
                new SpecializationModule(
                    m,
                    new SpecializationModule.Specialization(
                        domain,
                        list,
                        List.of(new SpecializationModule.Tool("ripgrep", "15", null)),
                        List.of(new SpecializationModule.Workflow("review", list))),
                    new SpecializationModule.Expertise(
                        s,
                        list,
                        List.of(
                            new SpecializationModule.Benchmark("humaneval", "pass@1", value)))));
    Arbitrary<Layer> communication =
        Combinators.combine(
                manifests(),
                Arbitraries.maps(text(), unit()).ofMaxSize(4),
                Arbitraries.of(CommunicationAdapter.Register.class),
                texts(),
                Arbitraries.of(true, false))
            .as((m, personality, register, list, flag) ->
                new CommunicationAdapter(
                    m,
                    new CommunicationAdapter.Style(
                        new TreeMap<>(personality), register, list, list),
                    new CommunicationAdapter.ContextAwareness(flag, true, false, flag)));
    return Arbitraries.oneOf(List.of(foundation, lora, memory, specialization, communication));
  }
}
