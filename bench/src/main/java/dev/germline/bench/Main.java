package dev.germline.bench;

import java.nio.file.Path;
import java.util.Arrays;

/** {@code bench/run NAME [--json]}. */
public final class Main {
  private Main() {}

  /** Exit status 0 after a whole run, 2 for an unknown name. */
  public static void main(String[] args) throws Exception {
    boolean json = Arrays.asList(args).contains("--json");
    String name =
        Arrays.stream(args).filter(arg -> !arg.startsWith("--")).findFirst().orElse("none");
    Report report = new Report(name);
    switch (name) {
      case "merkle" -> MerkleBench.run(report);
      case "ledger" -> LedgerBench.run(report);
      case "lineage" -> LineageBench.run(report, number(args, "--layers", 1_000_000));
      case "resolve" -> ResolveBench.run(report);
      case "push" -> PushBench.run(report, Path.of(System.getProperty("germline.root", ".")));
      case "weights" -> WeightsBench.run(report, Path.of(System.getProperty("germline.root", ".")));
      case "transfer" ->
          TransferBench.run(report, Path.of(System.getProperty("germline.root", ".")));
      case "metrics" -> MetricsBench.run(report, Path.of(System.getProperty("germline.root", ".")));
      case "graphql" -> GraphQlBench.run(report, Path.of(System.getProperty("germline.root", ".")));
      default -> {
        System.err.println(
            "bench/run graphql | ledger | lineage [--layers N] | merkle | metrics | push | resolve"
                + " | transfer | weights [--json], not: "
                + name);
        System.exit(2);
      }
    }
    report.print(System.out, json);
    System.exit(0); // threads of client libraries must not keep a finished run alive
  }

  private static int number(String[] args, String option, int otherwise) {
    int at = Arrays.asList(args).indexOf(option);
    return at < 0 || at + 1 >= args.length ? otherwise : Integer.parseInt(args[at + 1]);
  }
}
