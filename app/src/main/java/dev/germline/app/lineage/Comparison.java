package dev.germline.app.lineage;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.germline.app.identity.Caller;
import dev.germline.app.layers.LayerDetail;
import dev.germline.app.layers.Layers;
import dev.germline.app.sql.Database;
import dev.germline.core.GermlineException;
import dev.germline.core.layers.LayerFile;
import dev.germline.core.layers.LayerName;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** What lies between two layers: metadata, files, tensors, metrics. Thread-safe. */
public final class Comparison {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Layers layers;
  private final Database database;

  public Comparison(Layers layers, Database database) {
    this.layers = layers;
    this.database = database;
  }

  /**
   * The differences of two layers.
   *
   * @param metadata of their records, without the files
   * @param files by path
   * @param metrics by task and metric; those that are the same are left out
   */
  record LayerDiff(
      LayerDetail before,
      LayerDetail after,
      List<JsonChange> metadata,
      List<FileChange> files,
      TensorDiff tensors,
      List<MetricChange> metrics) {}

  /**
   * A file that is not the same.
   *
   * @param before null if added
   * @param after null if removed
   */
  record FileChange(String path, @Nullable LayerFile before, @Nullable LayerFile after) {}

  /**
   * A metric, as the mean of its measurements.
   *
   * @param before null if gained
   * @param after null if lost
   */
  record MetricChange(
      String task,
      String metric,
      ContentRows.@Nullable Metric before,
      ContentRows.@Nullable Metric after) {}

  /**
   * Compares two layers that the caller may see.
   *
   * @throws GermlineException LAYER_NOT_FOUND
   */
  LayerDiff diff(Caller caller, LayerName from, LayerName to) {
    LayerDetail before = layers.get(caller, from);
    LayerDetail after = layers.get(caller, to);
    return database.read(connection ->
        new LayerDiff(
            before,
            after,
            JsonChange.between(metadata(before), metadata(after)),
            files(before, after),
            TensorDiff.between(
                ContentRows.files(connection, before.row().id()),
                ContentRows.files(connection, after.row().id())),
            metrics(
                ContentRows.metrics(connection, before.row().id()),
                ContentRows.metrics(connection, after.row().id()))));
  }

  private static ObjectNode metadata(LayerDetail layer) {
    try {
      ObjectNode record = (ObjectNode) JSON.readTree(layer.json());
      record.remove("files");
      return record;
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException("a record that was read before is not JSON", impossible);
    }
  }

  private static List<FileChange> files(LayerDetail before, LayerDetail after) {
    Map<String, LayerFile> old = files(before);
    Map<String, LayerFile> young = files(after);
    Set<String> paths = new TreeSet<>(old.keySet());
    paths.addAll(young.keySet());
    List<FileChange> changes = new ArrayList<>();
    for (String path : paths) {
      LayerFile was = old.get(path);
      LayerFile is = young.get(path);
      if (was == null || is == null || !was.blake3().equals(is.blake3())) {
        changes.add(new FileChange(path, was, is));
      }
    }
    return changes;
  }

  private static Map<String, LayerFile> files(LayerDetail layer) {
    Map<String, LayerFile> files = new TreeMap<>();
    layer.layer().manifest().files().forEach(file -> files.put(file.path().value(), file));
    return files;
  }

  private static List<MetricChange> metrics(
      List<ContentRows.Metric> before, List<ContentRows.Metric> after) {
    Map<List<String>, ContentRows.Metric> young = new TreeMap<>(Comparison::compare);
    after.forEach(metric -> young.put(List.of(metric.task(), metric.metric()), metric));
    Map<List<String>, MetricChange> changes = new TreeMap<>(Comparison::compare);
    for (ContentRows.Metric was : before) {
      List<String> key = List.of(was.task(), was.metric());
      ContentRows.Metric is = young.remove(key);
      if (is == null || is.mean() != was.mean()) {
        changes.put(key, new MetricChange(was.task(), was.metric(), was, is));
      }
    }
    young.forEach(
        (key, is) -> changes.put(key, new MetricChange(is.task(), is.metric(), null, is)));
    return List.copyOf(changes.values());
  }

  private static int compare(List<String> a, List<String> b) {
    int task = a.getFirst().compareTo(b.getFirst());
    return task != 0 ? task : a.getLast().compareTo(b.getLast());
  }
}
