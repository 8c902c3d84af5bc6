import Foundation
import TestSupport
import Testing

/// A run that is under way, to be ended in the middle.
struct Running {
  private let process: ChildProcess
  private let home: String

  /// Everything that it starts stays in this namespace, and nothing else is in it.
  private let namespace: String

  /// Held open, so that the namespace of another test does not get its number when this run has ended.
  private let held: FileHandle

  /// `ssh-recipes` with these arguments, once it has begun.
  static func start(_ person: Operator, _ arguments: [String]) async throws -> Running {
    try await person.shell("umask 077; mkdir -p /root/sockets")
    let process = try ChildProcess(
      Lab.script,
      ["client", Lab.name, "--home", person.home, "--no-agent", "--", "env", "XDG_RUNTIME_DIR=/root/sockets"]
        + [Lab.binary] + arguments + ["--output", "plain"],
      output: .file("\(person.home)/stdout"), errors: .file("\(person.home)/stderr"))
    let entry = "/proc/\(process.identifier)"
    let isOurs = try await eventually {
      (try? FileManager.default.destinationOfSymbolicLink(atPath: "\(entry)/exe"))?.hasSuffix("/ssh-recipes") == true
    }
    try #require(isOurs, "ssh-recipes did not start")
    let held = try FileHandle(forReadingFrom: URL(fileURLWithPath: "\(entry)/ns/mnt"))
    let namespace = try FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/fd/\(held.fileDescriptor)")
    return Running(process: process, home: person.home, namespace: namespace, held: held)
  }

  func send(_ signal: Int32) { kill(process.identifier, signal) }

  /// What it left behind, once it has ended.
  func end() async throws -> Finished {
    try #require(try await eventually { !process.isRunning }, "it does not end")
    return Finished(
      status: process.wait(), stdout: try String(contentsOfFile: home + "/stdout", encoding: .utf8),
      stderr: try String(contentsOfFile: home + "/stderr", encoding: .utf8))
  }

  /// Command lines of the processes on the operator's computer that belong to this run.
  var processes: [String] {
    let files = FileManager.default
    let numbers = (try? files.contentsOfDirectory(atPath: "/proc"))?.filter { Int($0) != nil } ?? []
    return numbers.filter { (try? files.destinationOfSymbolicLink(atPath: "/proc/\($0)/ns/mnt")) == namespace }
      .compactMap { files.contents(atPath: "/proc/\($0)/cmdline") }
      .map { String(decoding: $0.map { $0 == 0 ? 0x20 : $0 }, as: UTF8.self) }.filter { !$0.isEmpty }
  }

  /// What is left of the control sockets, askpass sockets and logs.
  var sockets: [String] { (try? FileManager.default.contentsOfDirectory(atPath: home + "/sockets")) ?? ["no folder"] }
}

/// Looks every 20 ms until it is so, for ten minutes: a busy computer is no failure.
///
/// - Returns: whether it became so.
func eventually(_ condition: () async throws -> Bool) async throws -> Bool {
  let end = ContinuousClock.now + .seconds(600)
  while ContinuousClock.now < end {
    if try await condition() { return true }
    try await Task.sleep(for: .milliseconds(20))
  }
  return try await condition()
}

extension LabHost {
  func has(_ path: String) async throws -> Bool { try await root("[ ! -e \(path) ] || echo yes") == "yes" }

  /// The processes of the account and of those it became, without the server's own.
  func processes(of user: String) async throws -> [String] {
    let list = try await root("ps -o user,args 2>/dev/null | grep . || true; ps -eo user,args 2>/dev/null || true")
    return list.split(whereSeparator: \.isNewline).map(String.init).filter {
      $0.hasPrefix("\(user) ") || $0.contains("sudo ") || $0.contains("sshd: \(user)") || $0.contains("sleep 307")
    }
  }

  /// Files that an act makes on its way.
  func temporaryFiles() async throws -> String {
    try await root("find / -xdev -name '.ssh-recipes.*' 2>/dev/null || true")
  }
}
