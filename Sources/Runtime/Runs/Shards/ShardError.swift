/// The environment does not tell the shard of this machine. The command never takes all hosts in place of a shard.
package enum ShardError: Error, Hashable, Sendable {
  /// No variable of a known engine is set.
  case none(known: [String])
  /// A variable is set, and the engine's second variable is missing.
  case incomplete(engine: String, present: String, missing: String, hint: String?)
  /// A variable's value is no number, or its numbers contradict each other.
  case wrong(engine: String, why: String)
  /// Two engines tell different things.
  case several(engines: [String])
}

extension ShardError: CustomStringConvertible {
  package var description: String {
    switch self {
    case .none(let known):
      "--shard auto: no variable of \(known.joined(separator: ", ")) is set; expected one, or --shard I/N"
    case .incomplete(let engine, let present, let missing, let hint):
      "--shard auto: \(engine) has set \(present), and \(missing) is missing" + (hint.map { "; \($0)" } ?? "")
    case .wrong(let engine, let why): "--shard auto: the variables of \(engine) make no sense: \(why)"
    case .several(let engines):
      "--shard auto: \(engines.joined(separator: " and ")) tell different shards; choose with --shard I/N"
    }
  }
}
