import Foundation
import Subprocess
import Synchronization

@testable import Hosts

/// Scripts on this computer, each in a shell of its own, in a home of its own: real results without a host.
final class ShellTransport: Transport {
  struct Settings: Sendable {
    var home: String
    /// `dash`, `bash --posix`, `busybox ash`.
    var shell = ["sh"]
    /// Environment variables beside those that each script has.
    var variables: [String: String] = [:]
    /// The account that scripts run as, where the tests are root.
    var userID: UInt32?
    /// How the login went; its greeting is a real one.
    var login = Login(method: "publickey", serverSoftware: "OpenSSH_9.2p1")
    var platforms: [Platform] = []
    /// The error of every script that is to run as root.
    var rootRefusal: RootRefusal?
    /// The account in the greeting, with user ID 1000, in place of the one that the tests run as.
    var user: String?
  }

  private let settings: Settings
  private let names = Mutex<[String]>([])

  init(_ settings: Settings) { self.settings = settings }

  /// The names of the scripts so far, with a `#` in front of those that ran as root; without the greeting.
  var ran: [String] { names.withLock(\.self) }

  func run(_ script: Script, as account: Account) async throws -> Hosts.Output {
    if account == .root, let refusal = settings.rootRefusal { throw HostError.rootRefused(refusal) }
    names.withLock { $0.append((account == .root ? "#" : "") + script.name) }
    return try await execute(script, as: account)
  }

  func login() async throws -> Login {
    var login = settings.login
    login.greeting = try await execute(Reader.greeting(for: settings.platforms), as: .login)
    guard let user = settings.user else { return login }
    let lines = login.greeting.text.split(separator: "\n", omittingEmptySubsequences: false).map { line in
      line.hasPrefix("user ") ? "user \(user)" : line.hasPrefix("uid ") ? "uid 1000" : String(line)
    }
    login.greeting.stdout = Array(lines.joined(separator: "\n").utf8) + [0x0A]
    return login
  }

  func close() async {}

  private var environment: [Environment.Key: String] {
    let own = [
      "HOME": settings.home, "PATH": "/usr/sbin:/usr/bin:/sbin:/bin", "LC_ALL": "C", "SHELL": "/bin/sh",
      "SSH_CONNECTION": "192.0.2.7 50000 192.0.2.20 22",
    ]
    let all = own.merging(settings.variables) { $1 }.compactMap { name, value in
      Environment.Key(rawValue: name).map { ($0, value) }
    }
    return Dictionary(uniqueKeysWithValues: all)
  }

  /// Not by Foundation's `Process`: a process that a script leaves behind would keep all other scripts of the tests waiting.
  private func execute(_ script: Script, as account: Account) async throws -> Hosts.Output {
    var command = settings.shell
    // Not by the options of Subprocess: setgroups(2) in a child that was forked while another thread began waits for ever.
    if account == .login, let userID = settings.userID {
      command = ["setpriv", "--reuid=\(userID)", "--regid=\(userID)", "--clear-groups"] + command
    }
    let input = try script.inputPath.map { Array(try Data(contentsOf: URL(fileURLWithPath: $0))) } ?? script.input ?? []
    let result = try await Subprocess.run(
      .name(command[0]), arguments: Arguments(command.dropFirst() + ["-c", script.text, "script"] + script.arguments),
      environment: .custom(environment),
      input: .fileDescriptor(try StandardInput.file(input), closeAfterSpawningProcess: true),
      output: .bytes(limit: 32 << 20), error: .bytes(limit: 32 << 20))
    let status: Int32 =
      switch result.terminationStatus {
      case .exited(let code): code
      case .signaled(let signal): 128 + signal
      }
    var captured = CapturedOutput(number: 0, limit: script.outputLimit, sink: script.sink)
    captured.append(result.standardOutput, toError: false)
    captured.append(result.standardError, toError: true)
    captured.mark(.outputEnds, value: status)
    return captured.output
  }
}
