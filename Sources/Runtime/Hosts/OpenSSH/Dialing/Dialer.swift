import Formats
import Subprocess
import Synchronization

/// Connections for ssh with `TCP_NODELAY`: this program as ssh's `ProxyCommand` with `ProxyUseFdpass`.
///
/// ssh sets `TCP_NODELAY` only for terminals. Without it, ssh's second request after the key exchange waits for the
/// server's acknowledgement: a round trip a login, or the 40 ms of a delayed acknowledgement.
package final class Dialer: Sendable {
  /// The variable that leaves all connections to ssh, if not empty.
  package static let variable = "SSH_RECIPES_NO_DIALER"

  private let program: String
  /// Whether names can be resolved like ssh does.
  private let resolvesNames: Bool
  /// The hosts without a working dialer.
  private let leftOut = Mutex<(all: Bool, hosts: Set<String>)>((false, []))

  /// - Parameters:
  ///   - program: a program that calls ``DialerProcess/runIfAsked(_:)``.
  ///   - resolvesNames: whether the program can look up names.
  package init(
    program: String, resolvesNames: Bool = !StaticProgram.isThis || LocalPrograms.isThere(NameService.program)
  ) {
    self.program = program
    self.resolvesNames = resolvesNames
  }

  /// The options for a connection by the dialer; empty for a connection by ssh.
  ///
  /// - Parameters:
  ///   - config: the configuration of the login.
  ///   - timeout: the login's `ConnectTimeout`, in seconds.
  ///   - log: the file of ssh's option `-E`.
  func options(_ config: ClientConfig, timeout: Int, log: String) -> [String] {
    guard DirectConnection.obstacle(in: config) == nil, let host = config["hostname"],
      !leftOut.withLock({ $0.all || $0.hosts.contains(host) }), resolvesNames || DirectConnection.isAddress(host),
      let command = DialRequest.command(program, config, timeout: timeout, log: log)
    else { return [] }
    return ["ProxyCommand=\(command)", "ProxyUseFdpass=yes"]
  }

  /// Changes to the environment of an ssh with these arguments. ssh starts a `ProxyCommand` by the user's own shell, with
  /// start-up files and a syntax of any kind.
  static func environment(for arguments: [String]) -> [Environment.Key: String?] {
    let isDialed = arguments.contains { $0.hasPrefix("ProxyCommand=") && $0.contains(" \(DialRequest.word) ") }
    return isDialed ? ["SHELL": "/bin/sh"] : [:]
  }

  /// Whether ssh got no connection, for a reason that is not the network's: the dialer could not be started, say. From
  /// then on, ssh connects by itself; to this host alone, if the dialer has found no address.
  func hasFailed(_ log: [UInt8]) -> Bool {
    let log = DialerLog(log)
    guard log.isWithoutAnswer else { return false }
    leftOut.withLock { if let host = log.unknownHost { $0.hosts.insert(host) } else { $0.all = true } }
    return true
  }
}

extension OpenSSHOptions {
  /// Whether a `ProxyCommand` of ours leads to the target, whatever the user's configuration says.
  var isLed: Bool { extra.contains { $0.hasPrefix("ProxyCommand=") } }

  /// Whether a login got no connection from the dialer, and is to be made again; ssh then connects by itself.
  func isLeftUndialed(_ directory: PrivateDirectory) -> Bool {
    dialer?.hasFailed(directory.read(directory.log)) ?? false
  }

  /// Options of a login's connection: how long to wait, and who connects.
  func connectionOptions(_ target: Target, log: String) async -> [String] {
    let config = isLed ? ClientConfig() : await configs.config(of: target, self)
    let isProxied = ["proxyjump", "proxycommand"].contains { (config[$0] ?? "none") != "none" }
    let seconds = Int((isProxied ? proxyTimeout : connectTimeout).components.seconds)
    // Of two values for an option, the first one counts.
    let isGiven = extra.contains { $0.lowercased().hasPrefix("connecttimeout") }
    let timeout = isGiven ? config["connecttimeout"].flatMap { Int($0) } ?? 0 : seconds
    let dial = isLed ? [] : dialer?.options(config, timeout: timeout, log: log) ?? []
    return ["ConnectTimeout=\(seconds)"] + dial
  }
}
