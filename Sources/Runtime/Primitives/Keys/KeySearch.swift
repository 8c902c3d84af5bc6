import Formats
import Hosts
import Scripts

/// Inspects a host's key pairs in one round trip. Of private halves, only the status and the output of `ssh-keygen` are
/// read.
struct KeySearch: Sendable {
  /// The folder with the `id_*` to inspect.
  var folder: String
  /// Inspects only this key.
  var only: String?
  /// The agents to ask; `nil` for the one of `SSH_AUTH_SOCK`.
  var agents: [String]?

  /// The result of a search.
  struct Found: Sendable, Hashable {
    var hasTool = false
    /// The agent's keys; `nil` if no agent answers.
    var agent: [PublicKey]?
    var candidates: [KeyCandidate] = []

    func holds(_ key: PublicKey) -> Bool { agent?.contains { $0.blob == key.blob } ?? false }
  }

  var script: Script {
    Script("keygen: look", ShellScripts.findKeys, [folder, only ?? ""] + (agents.map { ["agents"] + $0 } ?? []))
  }

  func callAsFunction(_ reader: Reader) async throws -> Found {
    Self.parse(try await reader.query(script).text)
  }

  static func parse(_ text: String) -> Found {
    var found = Found()
    // ssh-keygen ends messages with CR LF, a single character in Swift and different from "\n".
    for line in text.split(whereSeparator: \.isNewline) {
      let words = line.split(separator: " ", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
      let value = words.count > 1 ? words[1] : ""
      switch words[0] {
      case "tool": found.hasTool = true
      case "agent":
        found.agent = found.agent ?? []
        if let key = try? PublicKey(value) { found.agent?.append(key) }
      case "key": found.candidates.append(KeyCandidate(path: value))
      default:
        guard let last = found.candidates.indices.last else { continue }
        found.candidates[last].read(words[0], value)
      }
    }
    return found
  }
}
