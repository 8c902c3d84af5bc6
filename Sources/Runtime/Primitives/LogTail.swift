import Diagnosis
import Hosts
import Scripts
import Values

/// Finds sshd's log: the platform's first readable source with lines of sshd.
struct LogTail: Sendable {
  var sources: [Platform.LogSource]
  var lines: Int
  var match: String?
  var follow: Duration?

  struct Found: Sendable, Hashable {
    var source: String
    var lines: [String]
    var isRoot: Bool

    var summary: String {
      lines.isEmpty
        ? "\(source) has no such line; that is no proof, because sshd does not log everything"
        : "\(lines.count) \(lines.count == 1 ? "line" : "lines") of \(source)"
    }

    var fields: [String: LuaValue] {
      [
        "source": .string(source), "lines": .table(LuaTable(list: lines.map { .string($0) })),
        "text": .string(lines.joined(separator: "\n")), "root": .boolean(isRoot),
      ]
    }
  }

  /// The result of reading as one account.
  struct Attempt: Hashable {
    var found: Found?
    /// Existing sources without read permission for this account.
    var denied: [String] = []
    var missing: [String] = []
  }

  /// - Parameter root: `nil` for root only if the account finds nothing.
  func read(_ reader: Reader, root: Bool?) async throws -> Found {
    let alreadyRoot = try await reader.facts().isRoot
    var attempt = Attempt()
    if root != true || alreadyRoot {
      attempt = try await self.attempt(reader, as: .login)
      if let found = attempt.found, !found.lines.isEmpty || attempt.denied.isEmpty { return found }
      if root == false || alreadyRoot {
        if let found = attempt.found { return found }
        throw failure(attempt, host: reader.host, because: nil)
      }
    }
    do {
      let again = try await self.attempt(reader, as: .root)
      if let found = again.found { return found }
      throw failure(again, host: reader.host, because: nil)
    } catch HostError.rootRefused(let refusal) {
      if let found = attempt.found { return found }
      throw failure(attempt, host: reader.host, because: refusal)
    }
  }

  private func attempt(_ reader: Reader, as account: Account) async throws -> Attempt {
    Self.parse(try await reader.query(script, as: account), lines: lines, match: match, isRoot: account == .root)
  }

  private func failure(_ attempt: Attempt, host: Host, because refusal: RootRefusal?) -> Failure {
    let tried =
      attempt.denied.map { "\($0): not readable by this account" } + attempt.missing.map { "\($0): not there" }
    guard !attempt.denied.isEmpty || refusal != nil else {
      return Failure(.absent, "no log of sshd was found", seen: tried)
    }
    var failure = Failure(.denied, "the log of sshd cannot be read by this account", seen: tried)
    if let why = refusal?.diagnosis(HostError.slots(host.target)) {
      failure.cause = why.cause
      failure.explanation = why.explanation
      failure.fix = why.fix
      failure.seen += why.seen
    }
    return failure
  }

  var script: Script {
    let seconds = follow.map { max(1, Int($0.components.seconds)) } ?? 0
    var arguments = [String(lines), String(seconds), match ?? ""]
    for source in sources {
      switch source {
      case .file(let path): arguments += ["file", path, "", ""]
      case .command(let command, let follow, let needs): arguments += ["command", command, follow ?? "", needs]
      }
    }
    return Script("tail_log", ShellScripts.tailLog, arguments, timeout: .seconds(60 + seconds))
  }

  /// Parses the script's output: `denied SOURCE`, `missing SOURCE` or `empty SOURCE` lines, and finally `source SOURCE`
  /// followed by the log's lines.
  static func parse(_ output: Output, lines: Int, match: String?, isRoot: Bool) -> Attempt {
    var attempt = Attempt()
    var empty: String?
    var rest = output.text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)[...]
    while let line = rest.popFirst() {
      let words = line.split(separator: " ", maxSplits: 1).map(String.init)
      guard words.count == 2 else { continue }
      switch words[0] {
      case "denied": attempt.denied.append(words[1])
      case "missing": attempt.missing.append(words[1])
      case "empty": empty = empty ?? words[1]
      case "source":
        let isFile = words[1].hasPrefix("/")
        let found = rest.map(String.init).filter { line in
          // Filtered here, because a filter on the host would delay lines in its buffer while following.
          let isSSHD = !isFile || line.contains("sshd") || line.contains("dropbear")
          return !line.isEmpty && !line.hasPrefix("-- ") && isSSHD && match.map { line.contains($0) } ?? true
        }
        attempt.found = Found(source: words[1], lines: Array(found.suffix(lines)), isRoot: isRoot)
        return attempt
      default: break
      }
    }
    attempt.found = empty.map { Found(source: $0, lines: [], isRoot: isRoot) }
    return attempt
  }
}
