import Hosts
import Runs

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// Past commands for `history --output json`.
enum HistoryJSON {
  static func command(_ command: PastCommand) -> JSONText {
    .object([
      "id": .string(command.id), "began": .string(command.began.formatted(.iso8601)),
      "recipe": .string(command.recipe), "undo": .boolean(command.isUndo), "hosts": .strings(command.hosts),
      "unfinished": .strings(command.unfinished?.names ?? []),
      "changed": .number(Int64(command.tally.changed)), "perhaps": .number(Int64(command.tally.perhaps)),
      "rolled_back": .number(Int64(command.tally.rolledBack)), "waits_for_undo": .boolean(command.waitsForUndo),
      "runs": .array(command.runs.map(run)),
    ])
  }

  private static func run(_ run: PastRun) -> JSONText {
    .object([
      "id": .string(run.id), "hosts": .strings(run.hosts), "outcome": .optional(run.outcome?.description),
      "changed": .number(Int64(run.tally.changed)), "undone_by": .optional(run.undone?.id),
      "acts": .array(
        run.acts.filter(\.isLasting).map { act in
          .object([
            "host": .string(act.host), "account": .string(act.account == .root ? "root" : "login"),
            "what": .string(act.summary), "done": act.isDone.map { .boolean($0) } ?? .null,
          ])
        }),
    ])
  }
}
