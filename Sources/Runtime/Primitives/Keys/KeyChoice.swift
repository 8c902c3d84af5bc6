import Formats
import Values

/// The choice among the keys found.
struct KeyChoice: Sendable {
  let found: KeySearch.Found
  let type: KeyType
  /// Whether the keys are on this computer, where a user or an agent can supply a passphrase.
  let isHere: Bool

  struct Usable: Sendable, Hashable {
    var candidate: KeyCandidate
    /// `nil` until the private half is readable only by its owner: ssh-keygen refuses to look before.
    var publicKey: PublicKey?
  }

  /// All usable keys, the best first.
  var usable: [Usable] {
    let agent = found.agent ?? []
    let all: [Usable] = found.candidates.compactMap { candidate in
      guard case .success(let key) = candidate.judge(agent: agent) else { return nil }
      return Usable(candidate: candidate, publicKey: key)
    }
    return all.sorted { left, right in rank(left).lexicographicallyPrecedes(rank(right)) }
  }

  /// An agent with more keys does not reliably give each its turn: a server hangs up after six tries (MaxAuthTries).
  private static let mostAgentKeys = 5

  /// The key to take if no file has a key: of the keys in an agent, a key of the wanted type goes first. `nil` if a new
  /// key is better.
  var agentKey: PublicKey? {
    guard isHere, (found.agent ?? []).count <= Self.mostAgentKeys else { return nil }
    let keys = (found.agent ?? []).filter { key in
      guard !key.type.contains("-cert-v01@"), case .success = KeyCandidate.countable(key, isInAgent: true) else {
        return false
      }
      return true
    }
    let touchless = keys.filter { !$0.type.hasPrefix("sk-") }
    return touchless.first { Self.family($0.type).contains(type.rawValue) } ?? touchless.first ?? keys.first
  }

  var problems: [(path: String, problem: KeyCandidate.Problem)] {
    found.candidates.compactMap { candidate in
      guard case .failure(let error) = candidate.judge(agent: found.agent ?? []) else { return nil }
      return (candidate.path, error.problem)
    }
  }

  /// Lower is better. ssh tries the standard names without an `IdentityFile`, so they rank before names such as
  /// `id_backup`. On other hosts, keys without a passphrase rank first, since no user can type one there.
  private func rank(_ usable: Usable) -> [Int] {
    let name = String(usable.candidate.path.split(separator: "/").last ?? "")
    let family = usable.publicKey.map { Self.family($0.type) } ?? name
    let order = ["ed25519", "ecdsa", "rsa"].firstIndex { family.contains($0) } ?? 3
    return [
      usable.candidate.isEncrypted && !isHere ? 1 : 0,
      ["id_ed25519", "id_ecdsa", "id_rsa"].contains(name) ? 0 : 1,
      family.contains(type.rawValue) ? 0 : 1, order,
    ]
  }

  private static func family(_ type: String) -> String { type == "ssh-rsa" ? "rsa" : type }
}
