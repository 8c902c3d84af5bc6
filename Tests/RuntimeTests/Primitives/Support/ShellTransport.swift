import Foundation
import Subprocess

@testable import Hosts

/// Scripts on this computer, each in a shell of its own, in a home of its own: real results without a host.
struct ShellTransport: Transport {
  /// `dash`, `bash --posix`, `busybox ash`.
  var shell: [String] = ["sh"]
  var environment: [Environment.Key: String]
  /// Whom scripts run as, where the tests are root.
  var userID: UInt32?
  var acceptedKey: String?

  func run(_ script: Script, as account: Account) async throws -> Hosts.Output {
    var command = shell
    // Not by the options of Subprocess: setgroups(2) in a child that was forked while another thread began waits for ever.
    if account == .login, let userID {
      command = ["setpriv", "--reuid=\(userID)", "--regid=\(userID)", "--clear-groups"] + command
    }
    let configuration = Configuration(
      executable: .name(command[0]),
      arguments: Arguments(command.dropFirst() + ["-c", script.text, "script"] + script.arguments),
      environment: .custom(environment))
    let result = try await Subprocess.run(
      configuration,
      input: .fileDescriptor(try StandardInput.file(script.input ?? []), closeAfterSpawningProcess: true),
      output: .bytes(limit: 32 << 20),
      error: .bytes(limit: 32 << 20))
    let status: Int32 =
      switch result.terminationStatus {
      case .exited(let code): code
      case .signaled(let signal): 128 + signal
      }
    return Output(status: status, stdout: result.standardOutput, stderr: result.standardError)
  }

  func login() async throws -> Login {
    Login(acceptedKey: acceptedKey, greeting: try await run(Reader.greeting(for: []), as: .login))
  }

  func close() async {}
}
