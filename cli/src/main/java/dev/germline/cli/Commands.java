package dev.germline.cli;

import dev.germline.cli.assembly.AssembleCommand;
import dev.germline.cli.assembly.LockCommand;
import dev.germline.cli.compatibility.CheckCommand;
import dev.germline.cli.compatibility.ResolveCommand;
import dev.germline.cli.identity.TokenCommand;
import dev.germline.cli.layers.FetchCommand;
import dev.germline.cli.layers.ListCommand;
import dev.germline.cli.layers.PullCommand;
import dev.germline.cli.layers.PushCommand;
import dev.germline.cli.layers.ShowCommand;
import dev.germline.cli.ledger.FsckCommand;
import dev.germline.cli.ledger.GraphCommand;
import dev.germline.cli.ledger.KeyCommand;
import dev.germline.cli.ledger.LogCommand;
import dev.germline.cli.ledger.ProofCommand;
import dev.germline.cli.ledger.VerifyCommand;
import dev.germline.cli.lineage.BlastCommand;
import dev.germline.cli.lineage.ClaimCommand;
import dev.germline.cli.lineage.ClaimsCommand;
import dev.germline.cli.lineage.CommonCommand;
import dev.germline.cli.lineage.DeadEndsCommand;
import dev.germline.cli.lineage.DiffCommand;
import dev.germline.cli.lineage.EdgesCommand;
import dev.germline.cli.lineage.LineageCommand;
import dev.germline.cli.lineage.PathCommand;
import dev.germline.cli.lineage.PinsCommand;
import dev.germline.cli.lineage.SiblingsCommand;
import dev.germline.cli.metrics.MeasureCommand;
import dev.germline.cli.metrics.MetricsCommand;
import dev.germline.cli.sharing.ContributeCommand;
import dev.germline.cli.sharing.DependentsCommand;
import dev.germline.cli.sharing.FindCommand;
import dev.germline.cli.sharing.NoticesCommand;
import dev.germline.cli.sharing.PayoutsCommand;
import dev.germline.cli.sharing.RestoreCommand;
import dev.germline.cli.sharing.RevokeCommand;
import dev.germline.cli.sharing.RevokedReadsCommand;
import dev.germline.cli.sharing.SubmissionsCommand;
import dev.germline.cli.sharing.ValidateCommand;
import dev.germline.cli.sharing.YankCommand;
import dev.germline.cli.tour.TourCommand;
import dev.germline.cli.weights.DuCommand;
import dev.germline.cli.weights.GcCommand;
import dev.germline.cli.weights.KeysCommand;
import dev.germline.cli.weights.ScrubCommand;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import picocli.CommandLine;

/**
 * The commands by their words. Reading the annotations of one costs some milliseconds, so only the
 * one that was asked for is made; help and a word nobody knows get all of them.
 */
final class Commands {
  private static final Map<String, Function<Surroundings, CliCommand>> BY_WORD = byWord();

  private Commands() {}

  private static Map<String, Function<Surroundings, CliCommand>> byWord() {
    Map<String, Function<Surroundings, CliCommand>> all = new LinkedHashMap<>();
    all.put("push", PushCommand::new);
    all.put("pull", PullCommand::new);
    all.put("fetch", FetchCommand::new);
    all.put("show", ShowCommand::new);
    all.put("list", ListCommand::new);
    all.put("du", DuCommand::new);
    all.put("lineage", LineageCommand::new);
    all.put("edges", EdgesCommand::new);
    all.put("siblings", SiblingsCommand::new);
    all.put("common", CommonCommand::new);
    all.put("path", PathCommand::new);
    all.put("diff", DiffCommand::new);
    all.put("blast", BlastCommand::new);
    all.put("dead-ends", DeadEndsCommand::new);
    all.put("pins", PinsCommand::new);
    all.put("claim", ClaimCommand::new);
    all.put("metrics", MetricsCommand::new);
    all.put("measure", MeasureCommand::new);
    all.put("check", CheckCommand::new);
    all.put("resolve", ResolveCommand::new);
    all.put("assemble", AssembleCommand::new);
    all.put("lock", LockCommand::new);
    all.put("claims", ClaimsCommand::new);
    all.put("find", FindCommand::new);
    all.put("validate", ValidateCommand::new);
    all.put("contribute", ContributeCommand::new);
    all.put("submissions", SubmissionsCommand::new);
    all.put("dependents", DependentsCommand::new);
    all.put("notices", NoticesCommand::new);
    all.put("revoked-reads", RevokedReadsCommand::new);
    all.put("payouts", PayoutsCommand::new);
    all.put("yank", YankCommand::new);
    all.put("revoke", RevokeCommand::new);
    all.put("restore", RestoreCommand::new);
    all.put("proof", ProofCommand::new);
    all.put("verify", VerifyCommand::new);
    all.put("log", LogCommand::new);
    all.put("key", KeyCommand::new);
    all.put("fsck", FsckCommand::new);
    all.put("graph", GraphCommand::new);
    all.put("scrub", ScrubCommand::new);
    all.put("keys", KeysCommand::new);
    all.put("gc", GcCommand::new);
    all.put("token", TokenCommand::new);
    all.put("tour", TourCommand::new);
    all.put("rehearse", RehearseCommand::new);
    return all;
  }

  static void addTo(CommandLine line, Surroundings surroundings, String... arguments) {
    Function<Surroundings, CliCommand> asked = BY_WORD.get(Main.word(arguments));
    if (asked != null) {
      line.addSubcommand(asked.apply(surroundings));
    } else {
      BY_WORD.values().forEach(command -> line.addSubcommand(command.apply(surroundings)));
    }
  }
}
