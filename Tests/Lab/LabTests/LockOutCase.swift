import Testing

/// A change that would lock somebody out, tried as a recipe would.
struct LockOutCase: Sendable, CustomTestStringConvertible {
  /// How the person logs in, before and after, and so what must go on working.
  enum Way: String, Sendable {
    case key, password
  }

  /// The gates, in their order; see docs/safety.md.
  enum Gate: String, Sendable {
    case edit, check, rehearsal, watchdog, proof
  }

  var name: String
  var way = Way.key
  var user = "pi"
  /// ssh-keygen's `-t` and what belongs to it.
  var keyType = "ed25519"
  /// What the host is like before, as root, in sh; `$KEY` is the person's public key, `~` the account's home.
  var arranging = ":"
  /// What the recipe does to `h`.
  var body: String
  /// The gate that has to catch it.
  var gate: Gate
  /// Paths, with what is below them, that cannot be as before: nobody had a copy.
  var lost: [String] = []

  var testDescription: String { "\(name), logging in by \(way.rawValue)" }

  /// One for each way.
  func by(_ ways: Way...) -> [LockOutCase] {
    ways.map { way in
      var copy = self
      copy.way = way
      return copy
    }
  }

  /// Options of sshd that a recipe sets and lets sshd read.
  static func options(
    _ name: String, _ options: String, restart: String = "", gate: Gate, user: String = "pi",
    keyType: String = "ed25519", arranging: String = ":"
  ) -> LockOutCase {
    LockOutCase(
      name: name, user: user, keyType: keyType, arranging: arranging,
      body: "h:edit_config { options = { \(options) }, within = 60 }; h:restart_ssh { \(restart) }", gate: gate)
  }

  var recipe: String { Self.recipe(body) }

  /// A recipe that does `body` to its host `h`, with every permission.
  static func recipe(_ body: String) -> String {
    """
    recipe {
      summary = "Locks somebody out",
      hosts = { { "h", "A host" } },
      needs = { "keys", "files", "ssh", "run", "root" },
      run = function(hosts)
        local h = hosts.h
        \(body)
      end,
    }
    """
  }
}
