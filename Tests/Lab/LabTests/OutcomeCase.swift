import Testing

/// A change, on none of the lists, after which no account could log in or become root; tried as a recipe would.
struct OutcomeCase: Sendable, CustomTestStringConvertible {
  var name: String
  var kind = Lab.Kind.debian
  /// The host's state before, as a script for root in sh.
  var arranging = ":"
  /// The recipe's calls on `h`.
  var body: String
  /// Whether the account also logs in at a terminal afterwards.
  var inTerminal = false

  var testDescription: String { "\(name) (\(kind.rawValue))" }

  /// A command run by the recipe as root.
  static func command(_ name: String, _ command: String, arranging: String = ":") -> OutcomeCase {
    OutcomeCase(name: name, arranging: arranging, body: "h:run { [==[\(command)]==], root = true }")
  }

  /// The same on other kinds of host.
  func on(_ kinds: Lab.Kind...) -> [OutcomeCase] {
    kinds.map { kind in
      var copy = self
      copy.kind = kind
      return copy
    }
  }

  var recipe: String { LockOutCase.recipe(body) }
}
