/// A reason why a login or a step fails, from the catalogue of causes: texts for the user, fixes, and the signs by
/// which programs reveal the cause.
public struct Cause: Sendable, Hashable {
  /// The name for tests in recipes, such as `bad-modes`. Stable across versions.
  public let id: String
  /// The event, as the first line of an error: `the server refused the key`.
  package let headline: String
  /// The explanation in one sentence, with slots in braces: `{path} is writable by its group`.
  package let sentence: String
  /// Commands or sentences with the same slots; the best fix first.
  package let fix: [String]
  /// Messages of ssh, sshd, dropbear, sudo or a shell for this cause. Any of them is enough.
  package let signs: [String]

  init(_ id: String, _ headline: String, _ sentence: String, fix: [String] = [], signs: [String] = []) {
    self.id = id
    self.headline = headline
    self.sentence = sentence
    self.fix = fix
    self.signs = signs
  }

  /// All causes. If the signs of two match a line, the earlier cause is more exact.
  package static let all: [Cause] =
    hostKeys + keys + server + accounts + methods + root + [configRefused] + changes + disk + network

  package static subscript(id: String) -> Cause? { all.first { $0.id == id } }

  /// The catalogue's cause with this name. For a recipe's own name, a cause with only the name.
  init(named id: String) { self = Cause[id] ?? Cause(id, "", "") }

  /// The first cause with a sign in these lines, and the line.
  package static func recognized(
    in lines: some Sequence<String>, among causes: [Cause] = all
  ) -> (cause: Cause, line: String)? {
    let lines = Array(lines)
    for cause in causes {
      for sign in cause.signs {
        if let line = lines.first(where: { $0.contains(sign) }) { return (cause, line) }
      }
    }
    return nil
  }
}
