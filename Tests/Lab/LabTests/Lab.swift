import Foundation
import Subprocess
import Synchronization
import SystemPackage

/// The lab that all tests of this run share, and the hosts that they take from it. `Tests/Lab/run` starts and removes it.
enum Lab {
  static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent().path
  static let script = root + "/Tests/Lab/lab"
  static let name = ProcessInfo.processInfo.environment["SSH_RECIPES_LAB"] ?? ""
  static let binary =
    ProcessInfo.processInfo.environment["SSH_RECIPES_BINARY"] ?? root + "/.build/debug/ssh-recipes"
  static var isThere: Bool { !name.isEmpty }

  enum Kind: String, Sendable, CaseIterable {
    case debian, trixie, sysv, syno, syno6, alpine, forge, logind, tools, dnf, openrc

    /// The account that tests log in with.
    var user: String { self == .syno || self == .syno6 ? "admin" : "pi" }
    var password: String { self == .syno || self == .syno6 ? "synology" : "raspberry" }
  }

  /// Starts a host of its own for a test.
  static func host(_ kind: Kind) async throws -> LabHost {
    guard let host = try await hosts(kind, 1).first else { throw LabError("lab up printed nothing") }
    return host
  }

  /// Starts several, side by side.
  static func hosts(_ kind: Kind, _ count: Int) async throws -> [LabHost] {
    guard let scope = LabScope.hosts else { throw LabError("the test has no .lab, so that its hosts have no owner") }
    let lines = try await lab("up", name, String(count), kind.rawValue).stdout.split(separator: "\n")
    var hosts: [LabHost] = []
    for line in lines.suffix(count) {
      let words = line.split(separator: " ").map(String.init)
      guard words.count == 3 else { throw LabError("lab up printed: \(lines.joined(separator: "\n"))") }
      await scope.add(words[0])
      hosts.append(LabHost(kind: kind, index: words[0], address: words[2]))
    }
    return hosts
  }

  /// Runs a verb of the lab that must work.
  @discardableResult
  static func lab(_ arguments: String..., input: String = "") async throws -> Finished {
    let finished = try await command(script, arguments, input: input)
    guard finished.status == 0 else {
      throw LabError("lab \(arguments.joined(separator: " ")): status \(finished.status)\n\(finished.stderr)")
    }
    return finished
  }

  /// Runs any program to its end.
  static func command(_ program: String, _ arguments: [String], input: String = "") async throws -> Finished {
    let result = try await Subprocess.run(
      .path(FilePath(program)), arguments: Arguments(arguments), input: .string(input),
      output: .string(limit: 32 << 20), error: .string(limit: 32 << 20))
    let status: Int32 =
      switch result.terminationStatus {
      case .exited(let code): code
      case .signaled(let signal): 128 + signal
      }
    return Finished(status: status, stdout: result.standardOutput, stderr: result.standardError)
  }
}

struct LabError: Error, CustomStringConvertible {
  let description: String
  init(_ description: String) { self.description = description }
}

/// What a program left behind.
struct Finished: Sendable, Equatable, CustomStringConvertible {
  var status: Int32
  var stdout: String
  var stderr: String
  var description: String { "status \(status)\n--- stdout\n\(stdout)\n--- stderr\n\(stderr)" }
}

/// One host of the lab.
struct LabHost: Sendable {
  let kind: Lab.Kind
  let index: String
  let address: String
  var user: String
  var password: String
  /// Where its sshd listens, if that is not 22.
  var port: Int?

  init(kind: Lab.Kind, index: String, address: String) {
    self.kind = kind
    self.index = index
    self.address = address
    (user, password) = (kind.user, kind.password)
  }

  var target: String { "\(user)@\(address)" + (port.map { ":\($0)" } ?? "") }

  /// The same host with its account whose sudo wants a password, where it has one.
  var asAda: LabHost {
    var host = self
    (host.user, host.password) = ("ada", "lovelace")
    return host
  }

  /// Where the account's home really is.
  func home() async throws -> String { try await root("cd ~\(user) && pwd -P") }

  /// Runs a shell script on the host as root, beside SSH.
  ///
  /// - Returns: its standard output without the last newline.
  @discardableResult
  func root(_ script: String, input: String = "") async throws -> String {
    let finished = try await Lab.lab("exec", Lab.name, index, "sh", "-c", script, input: input)
    return String(finished.stdout.reversed().drop(while: { $0 == "\n" }).reversed())
  }

  /// The number of logins that the host's sshd has let in.
  func logins() async throws -> Int {
    Int(try await root("journalctl -q -o cat -u ssh | grep -c '^Accepted ' || true")) ?? 0
  }

  /// Lets these keys of `pi`, and no others, in.
  func authorize(_ keys: String) async throws {
    try await root(
      """
      mkdir -p ~pi/.ssh; chmod 700 ~pi/.ssh; chown pi: ~pi/.ssh; cat >~pi/.ssh/authorized_keys
      chown pi: ~pi/.ssh/authorized_keys; chmod 600 ~pi/.ssh/authorized_keys
      """, input: keys)
  }

  /// The whole file system, a line a file; equal before and after means that not one byte has changed.
  func snapshot() async throws -> String { try await Lab.lab("snapshot", Lab.name, index).stdout }

  /// The paths that are not as they were when the snapshot was taken, in order.
  func changed(since before: String) async throws -> [String] { Self.changed(before, try await snapshot()) }

  /// The paths that two snapshots differ in, in order.
  static func changed(_ before: String, _ after: String) -> [String] {
    let (before, after) = (Set(before.split(separator: "\n")), Set(after.split(separator: "\n")))
    let paths = before.symmetricDifference(after).map { String($0.prefix(while: { $0 != "\t" })) }
    return Set(paths).sorted()
  }
}
