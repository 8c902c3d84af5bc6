import Formats

/// The arguments of a ``DialerProcess``.
struct DialRequest: Equatable {
  /// As in `AddressFamily`.
  enum Family: String { case any, inet, inet6 }

  var family: Family
  /// `ConnectTimeout` in seconds; 0 for the system's own.
  var timeout: Int
  /// `TCPKeepAlive`.
  var keepsAlive: Bool
  /// The file of ssh's option `-E`.
  var log: String
  var host: String
  var port: String

  /// The first argument. Also the sign of the dialer in ssh's log.
  static let word = "ssh-dialer"

  /// - Parameter arguments: without the program's name.
  /// - Returns: `nil` for the arguments of another command.
  init?(_ arguments: [String]) {
    guard arguments.count == 7, arguments[0] == Self.word, let family = Family(rawValue: arguments[1]),
      let timeout = Int(arguments[2]), timeout >= 0, ["yes", "no"].contains(arguments[3])
    else { return nil }
    self.family = family
    self.timeout = timeout
    keepsAlive = arguments[3] == "yes"
    (log, host, port) = (arguments[4], arguments[5], arguments[6])
  }

  /// The command for `ProxyCommand`, read by `/bin/sh` after ssh has put in the address.
  ///
  /// - Returns: `nil` for a program whose path is too long to leave the sign in ssh's log, which cuts the command.
  static func command(_ program: String, _ config: ClientConfig, timeout: Int, log: String) -> String? {
    let path = ShellQuoting.word(program).replacing("%", with: "%%")
    let family = Family(rawValue: config["addressfamily"] ?? "any")
    guard program.hasPrefix("/"), path.utf8.count <= 400, let family else { return nil }
    let keepsAlive = config.isOff("tcpkeepalive") ? "no" : "yes"
    let words = [word, family.rawValue, "\(timeout)", keepsAlive, ShellQuoting.word(log).replacing("%", with: "%%")]
    return ([path] + words + ["%h", "%p"]).joined(separator: " ")
  }
}
