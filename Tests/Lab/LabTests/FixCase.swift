import Testing

/// A situation, the cause that a run names for it, and one of the fixes, to be carried out as the user would.
struct FixCase: Sendable, CustomTestStringConvertible {
  /// Where the fix belongs.
  enum Place: Sendable {
    /// A command on the host, as the account.
    case account
    /// A command on the host, as root.
    case root
    /// A command on this computer.
    case here
    /// Calls in a recipe.
    case recipe
    /// More arguments for the run.
    case arguments
  }

  /// The cause's ID.
  var cause: String
  var name: String
  var kind = Lab.Kind.debian
  /// The host's change, as root, after the key was let in.
  var arranging = ":"
  /// The change on this computer, with `ADDRESS` for the host's.
  var here = ":"
  /// The recipe's work.
  var body = FixCase.keyLogin
  var account = Account.pi
  /// The beginning of the fix in the output, in front of the command.
  var words: String
  var place: Place
  /// Fills in the parts that only the user knows.
  var completing: @Sendable (String) -> String = { $0 }

  struct Account: Sendable {
    var name: String
    /// `nil` for a run without a password.
    var password: String?

    static let pi = Account(name: "pi", password: "raspberry")
    static let ada = Account(name: "ada", password: "lovelace")
    static let withoutPassword = Account(name: "pi")
  }

  var testDescription: String { "\(cause): \(name)" }

  /// The key alone has to log in.
  static let keyLogin = login("key = '~/.ssh/id_ed25519'")

  static func login(_ arguments: String) -> String {
    "local login = h:verify_login { \(arguments) }\n if not login.ok then fail(login) end"
  }

  /// `ssh HOST` has to log in.
  static let ownLogin = """
    local login = h:verify_login { key = '~/.ssh/id_ed25519' }
    if login.ok then login = h:verify_login {} end
    if not login.ok then fail(login) end
    """

  static let becomesRoot = "h:run('id -u', { root = true, reads = true })"

  static func recipe(_ body: String) -> String {
    """
    recipe {
      summary = "Logs in", hosts = { { "host", "A host" } }, needs = { "keys", "files", "ssh", "run", "root", "logs" },
      run = function(hosts)
        local h, host, key = hosts.host, hosts.host, "~/.ssh/id_ed25519"
        \(body)
      end,
    }
    """
  }

  /// A file of sshd's configuration, and a reload.
  static func sshd(_ lines: String) -> String {
    "printf '\(lines)\\n' >/etc/ssh/sshd_config.d/01.conf; systemctl reload ssh; sleep 0.5"
  }
}
