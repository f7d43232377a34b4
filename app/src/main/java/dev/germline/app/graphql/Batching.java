package dev.germline.app.graphql;

import dev.germline.app.layers.LayerRow;
import dev.germline.app.layers.Layers;
import dev.germline.core.substrate.EntityId;
import graphql.schema.DataFetchingEnvironment;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.dataloader.DataLoader;
import org.dataloader.DataLoaderFactory;
import org.dataloader.DataLoaderOptions;

/**
 * One question about many layers at once: however many fields ask it, those that ask with the same
 * arguments are one call of a service.
 */
final class Batching {
  private Batching() {}

  /** What one field asks. */
  record Key<A>(LayerRow layer, A arguments) {}

  /** The question; layers without an answer are left out. */
  @FunctionalInterface
  interface Question<A, V> {
    Map<EntityId, V> ask(A arguments, Collection<LayerRow> layers);
  }

  /** The settings of all loaders. */
  static DataLoaderOptions options(boolean remember) {
    return DataLoaderOptions.newOptions()
        .setMaxBatchSize(Layers.MAX_AT_ONCE)
        .setCachingEnabled(remember)
        .build();
  }

  static <A, V> DataLoader<Key<A>, V> about(Question<A, V> question, DataLoaderOptions options) {
    return byKey(keys -> ask(question, keys), options);
  }

  /** A loader of things by what names them. */
  static <K, V> DataLoader<K, V> byKey(Function<Set<K>, Map<K, V>> all, DataLoaderOptions options) {
    return DataLoaderFactory.newMappedDataLoader(
        (Set<K> keys) -> CompletableFuture.completedFuture(all.apply(keys)), options);
  }

  private static <A, V> Map<Key<A>, V> ask(Question<A, V> question, Set<Key<A>> keys) {
    Map<A, List<Key<A>>> byArguments = new LinkedHashMap<>();
    for (Key<A> key : keys) {
      byArguments.computeIfAbsent(key.arguments(), _ -> new ArrayList<>()).add(key);
    }
    Map<Key<A>, V> answers = new HashMap<>();
    byArguments.forEach((arguments, group) -> {
      Map<EntityId, V> found = question.ask(arguments, group.stream().map(Key::layer).toList());
      for (Key<A> key : group) {
        V answer = found.get(key.layer().id());
        if (answer != null) {
          answers.put(key, answer);
        }
      }
    });
    return answers;
  }

  /** Asks the loader for the layer that a field is of; empty when there is no answer. */
  static <A, V> CompletableFuture<Optional<V>> ofLayer(
      DataFetchingEnvironment field, String loader, A arguments) {
    LayerRow layer = Objects.requireNonNull(field.<LayerRow>getSource());
    return load(field, loader, new Key<>(layer, arguments));
  }

  /** Asks the loader for what the key names; empty when there is none. */
  static <K, V> CompletableFuture<Optional<V>> load(
      DataFetchingEnvironment field, String loader, K key) {
    DataLoader<K, V> found = Objects.requireNonNull(field.<K, V>getDataLoader(loader));
    return found.load(key).thenApply(Optional::ofNullable);
  }
}
