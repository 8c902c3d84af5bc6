#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// The shard told by the environment of an engine, such as a Slurm array or a Kubernetes Job.
package enum ShardVariables {
  /// `I/N`; counts more than any engine.
  package static let own = "SSH_RECIPES_SHARD"
  /// The number of shards, for engines that tell only the index.
  package static let total = "SSH_RECIPES_SHARDS"

  /// - Throws: ``ShardError``.
  package static func shard(
    in environment: [String: String] = ProcessInfo.processInfo.environment
  ) throws(ShardError) -> Shard {
    if let text = environment[own] {
      guard let shard = Shard(text) else {
        throw .wrong(engine: own, why: "expected I/N with I from 1 to N, got \"\(text)\"")
      }
      return shard
    }
    var found: [(engine: ShardEngine, shard: Shard)] = []
    var incomplete: [ShardError] = []
    for engine in ShardEngine.all {
      do throws(ShardError) {
        if let shard = try engine.shard(in: environment) { found.append((engine, shard)) }
      } catch {
        guard case .incomplete = error else { throw error }
        incomplete.append(error)
      }
    }
    guard let first = found.first else { throw incomplete.first ?? .none(known: [own] + ShardEngine.all.map(\.name)) }
    guard found.allSatisfy({ $0.shard == first.shard }) else {
      throw .several(engines: found.map { "\($0.engine.name) (\($0.shard))" })
    }
    return first.shard
  }
}
