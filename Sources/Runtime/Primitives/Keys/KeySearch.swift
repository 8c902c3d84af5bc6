import Formats
import Hosts
import Scripts

/// Looks at key pairs of a host in one round trip. Of private halves only status, whether they are protected, and what
/// `ssh-keygen` says of their public part are seen.
struct KeySearch: Sendable {
  /// The folder whose `id_*` are looked at.
  var folder: String
  /// Look at this one key only.
  var only: String?

  /// What a look came to.
  struct Found: Sendable, Hashable {
    var hasTool = false
    /// The keys that an agent holds; `nil` where none answers.
    var agent: [PublicKey]?
    var candidates: [KeyCandidate] = []

    func holds(_ key: PublicKey) -> Bool { agent?.contains { $0.blob == key.blob } ?? false }
  }

  var script: Script {
    Script("keygen: look", ShellScripts.findKeys, [folder, only ?? ""])
  }

  func callAsFunction(_ reader: Reader) async throws -> Found {
    Self.parse(try await reader.query(script).text)
  }

  static func parse(_ text: String) -> Found {
    var found = Found()
    // ssh-keygen ends its messages with CR LF, which is one character to Swift, and not "\n".
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
