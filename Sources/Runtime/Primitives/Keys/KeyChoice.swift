import Formats
import Values

/// Which of the keys that are there is taken.
struct KeyChoice: Sendable {
  let found: KeySearch.Found
  let type: KeyType
  /// Whether a person may be there to type a passphrase, or an agent to do it for him.
  let isHere: Bool

  struct Usable: Sendable, Hashable {
    var candidate: KeyCandidate
    /// `nil`: not known before others' rights to read the private half are taken away.
    var publicKey: PublicKey?
  }

  /// All that can be used, the best first.
  var usable: [Usable] {
    let agent = found.agent ?? []
    let all: [Usable] = found.candidates.compactMap { candidate in
      guard case .success(let key) = candidate.judge(agent: agent) else { return nil }
      return Usable(candidate: candidate, publicKey: key)
    }
    return all.sorted { left, right in rank(left).lexicographicallyPrecedes(rank(right)) }
  }

  var problems: [(path: String, problem: KeyCandidate.Problem)] {
    found.candidates.compactMap { candidate in
      guard case .failure(let error) = candidate.judge(agent: found.agent ?? []) else { return nil }
      return (candidate.path, error.problem)
    }
  }

  /// Small numbers first. Names that ssh tries by itself go before others: with `id_backup` every later login would need
  /// an `IdentityFile`. On another host nobody types a passphrase, so that a key without one goes before all.
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
