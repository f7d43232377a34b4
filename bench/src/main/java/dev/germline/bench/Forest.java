package dev.germline.bench;

import dev.germline.core.layers.LayerName;
import dev.germline.core.layers.Relationship;
import dev.germline.core.substrate.EntityId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.UUID;

/**
 * A generated forest as registries grow: families of which some are large; children of recent
 * layers (long lines, to depth 60) and of popular ones (hubs); a third of the layers merged from
 * two or three parents, some of another family; dependencies on what others depend on already. The
 * same for the same size. About three arrows for each layer.
 */
final class Forest {
  /** The longest line. */
  private static final int DEEPEST = 60;

  private static final Relationship.Kind[] KINDS = {
    Relationship.Kind.EVOLVED_FROM,
    Relationship.Kind.DEPENDS_ON,
    Relationship.Kind.SYNERGIZES_WITH,
    Relationship.Kind.CONFLICTS_WITH
  };

  private final SplittableRandom random = new SplittableRandom(7);
  private final int layers;
  private final int[] family;
  private final int[] level;
  private int arrows;
  private int[] from;
  private int[] to;
  private byte[] kind;

  Forest(int layers) {
    this.layers = layers;
    family = new int[layers];
    level = new int[layers];
    from = new int[layers * 3];
    to = new int[layers * 3];
    kind = new byte[layers * 3];
    grow();
  }

  private void grow() {
    List<int[]> members = new ArrayList<>();
    List<Integer> sizes = new ArrayList<>();
    int[] parents = new int[layers * 3];
    int[] needed = new int[layers * 3];
    int parentCount = 0;
    int neededCount = 0;
    for (int i = 0; i < layers; i++) {
      boolean root = i == 0 || random.nextInt(400) == 0;
      int f = root ? members.size() : family[random.nextInt(i)];
      if (root) {
        members.add(new int[4]);
        sizes.add(0);
      }
      family[i] = f;
      int[] kin = members.get(f);
      int size = sizes.get(f);
      if (!root) {
        int dice = random.nextInt(100);
        int wanted = dice < 65 ? 1 : dice < 95 ? 2 : 3;
        int first = arrows;
        for (int tries = 0; tries < 12 && arrows - first < wanted; tries++) {
          int parent =
              arrows > first && random.nextInt(4) == 0
                  ? parents[random.nextInt(parentCount)]
                  : relative(kin, size);
          if (level[parent] < DEEPEST && !among(parent, first)) {
            add(i, parent, 0);
            parents[parentCount++] = parent;
            level[i] = Math.max(level[i], level[parent] + 1);
          }
        }
      }
      if (size == kin.length) {
        kin = Arrays.copyOf(kin, size * 2);
        members.set(f, kin);
      }
      kin[size] = i;
      sizes.set(f, size + 1);
      if (i > 0) {
        int dice = random.nextInt(100);
        for (int d = dice < 25 ? 0 : dice < 60 ? 1 : dice < 85 ? 2 : 3; d > 0; d--) {
          boolean popular = neededCount > 0 && random.nextInt(100) < 60;
          int need = popular ? needed[random.nextInt(neededCount)] : random.nextInt(i);
          add(i, need, 1);
          needed[neededCount++] = need;
        }
        if (random.nextInt(5) == 0) {
          add(i, random.nextInt(i), 2);
        }
        if (random.nextInt(10) == 0) {
          add(i, random.nextInt(i), 3);
        }
      }
    }
  }

  private int relative(int[] kin, int size) {
    int dice = random.nextInt(100);
    if (dice < 33) {
      return kin[size - 1 - random.nextInt(Math.min(size, 6))];
    }
    int one = kin[random.nextInt(size)];
    return dice < 75 ? Math.min(one, kin[random.nextInt(size)]) : one;
  }

  private boolean among(int parent, int first) {
    for (int i = first; i < arrows; i++) {
      if (to[i] == parent) {
        return true;
      }
    }
    return false;
  }

  private void add(int source, int target, int of) {
    if (arrows == from.length) {
      from = Arrays.copyOf(from, arrows + arrows / 4);
      to = Arrays.copyOf(to, from.length);
      kind = Arrays.copyOf(kind, from.length);
    }
    from[arrows] = source;
    to[arrows] = target;
    kind[arrows++] = (byte) of;
  }

  int layers() {
    return layers;
  }

  int arrows() {
    return arrows;
  }

  int deepest() {
    return Arrays.stream(level).max().orElse(0);
  }

  int from(int arrow) {
    return from[arrow];
  }

  int to(int arrow) {
    return to[arrow];
  }

  Relationship.Kind kind(int arrow) {
    return KINDS[kind[arrow]];
  }

  LayerName name(int layer) {
    return LayerName.of("family-" + family[layer], "model-" + layer, "1.0.0");
  }

  EntityId layerId(int layer) {
    return id(layer);
  }

  EntityId claimId(int arrow) {
    return id(-2L - arrow);
  }

  /** Any 64 hex digits that no other has. */
  String digest(EntityId of) {
    String hex = of.toString().replace("-", "");
    return hex + hex;
  }

  private static EntityId id(long number) {
    long mixed = number * 0x9E3779B97F4A7C15L;
    mixed = (mixed ^ (mixed >>> 29)) * 0xBF58476D1CE4E5B9L;
    return EntityId.parse(new UUID(mixed, number).toString());
  }

  /** Layers that the loss of one hits, over all depths; counting ends at {@code most}. */
  int blast(int root, int most, int[][] needs) {
    boolean[] seen = new boolean[layers];
    int[] open = new int[most + 1];
    int end = 0;
    open[end++] = root;
    seen[root] = true;
    for (int i = 0; i < end; i++) {
      for (int next : needs[open[i]]) {
        if (!seen[next] && end <= most) {
          seen[next] = true;
          if (end == most + 1) {
            return most;
          }
          open[end++] = next;
          if (end > most) {
            return most;
          }
        }
      }
    }
    return end - 1;
  }

  /** For each layer those that evolved from it or depend on it. */
  int[][] needs() {
    int[] count = new int[layers];
    for (int i = 0; i < arrows; i++) {
      if (kind[i] <= 1) {
        count[to[i]]++;
      }
    }
    int[][] needs = new int[layers][];
    Arrays.setAll(needs, i -> new int[count[i]]);
    for (int i = 0; i < arrows; i++) {
      if (kind[i] <= 1) {
        needs[to[i]][--count[to[i]]] = from[i];
      }
    }
    return needs;
  }
}
