/// One reason why a login or a step fails, as the catalogue of causes knows it: what people read, what they can do, and
/// the words by which programs give it away.
package struct Cause: Sendable, Hashable {
  /// What recipes test: `bad-modes`. Stays as it is from version to version.
  package let id: String
  /// What happened, as the head of an error says it: `the server refused the key`.
  package let headline: String
  /// Why, in one sentence, with slots in braces: `{path} is writable by its group`.
  package let sentence: String
  /// What to do: each a command or a sentence, with the same slots; the best first.
  package let fix: [String]
  /// What ssh, sshd, dropbear, sudo or a shell print where this is the cause. Any of them will do.
  package let signs: [String]

  init(_ id: String, _ headline: String, _ sentence: String, fix: [String] = [], signs: [String] = []) {
    self.id = id
    self.headline = headline
    self.sentence = sentence
    self.fix = fix
    self.signs = signs
  }

  /// All causes. Where the signs of two fit one line, the earlier cause is the more exact one.
  package static let all: [Cause] =
    hostKeys + keys + server + accounts + root + [configRefused] + changes + disk + network

  package static subscript(id: String) -> Cause? { all.first { $0.id == id } }

  /// The cause of that name in the catalogue. A recipe may give a failure a name of its own: then only that is known.
  init(named id: String) { self = Cause[id] ?? Cause(id, "", "") }

  /// The first cause that one of these lines gives away, and the line.
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
