import Foundation
import Synchronization
import Testing

@testable import Diagnosis
@testable import Hosts

/// A home, and runs that want to work in it, each through a long-lived shell of its own.
struct LockStage: Sendable {
  let home: String
  let shell: String

  static func with(_ shell: String, _ body: @Sendable (LockStage) async throws -> Void) async throws {
    let home = FileManager.default.temporaryDirectory.appending(path: "lock-\(UUID().uuidString)").path
    try FileManager.default.createDirectory(atPath: home, withIntermediateDirectories: true)
    let stage = LockStage(home: home, shell: shell)
    let link = stage.link
    defer {
      // The link first: as soon as the home is gone, another test's home may have its number, and so its link this name.
      try? FileManager.default.removeItem(atPath: link)
      try? FileManager.default.removeItem(atPath: home)
      rmdir("/run/ssh-recipes")
    }
    try await body(stage)
  }

  /// Where the lock of this home is.
  var link: String { geteuid() == 0 ? "/run/ssh-recipes/\(number).lock" : inTheHome }

  /// The lock's place if the first place cannot hold a lock.
  var second: String { geteuid() == 0 ? inTheHome : "/tmp/.ssh-recipes.\(geteuid())-\(number).lock" }

  private var number: Int {
    (try? FileManager.default.attributesOfItem(atPath: home))?[.systemFileNumber] as? Int ?? 0
  }

  private var inTheHome: String { "\(home)/.ssh-recipes.\(Self.machine).lock" }

  /// The beginning of the computer's number, or its name.
  private static var machine: String {
    let id = (try? String(contentsOfFile: "/etc/machine-id", encoding: .utf8)) ?? ""
    return id.count > 31 ? String(id.prefix(12)) : ProcessInfo.processInfo.hostName
  }

  /// Everything of a lock that there is.
  var traces: [String] {
    [link, second].flatMap { place in
      let folder = place.split(separator: "/").dropLast().map { "/\($0)" }.joined()
      let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
      return names.map { "\(folder)/\($0)" }.filter { $0.hasPrefix(place) }
    }.sorted()
  }

  /// The text of a link.
  func text(_ path: String) -> String? { try? FileManager.default.destinationOfSymbolicLink(atPath: path) }

  func leave(_ text: String) throws {
    try withRoom { try FileManager.default.createSymbolicLink(atPath: link, withDestinationPath: text) }
  }

  /// Puts a directory in the way of a lock.
  func block(_ place: String) throws {
    try withRoom { try FileManager.default.createDirectory(atPath: place, withIntermediateDirectories: false) }
  }

  /// Another test's last lock removes the directory too.
  private func withRoom(_ body: () throws -> Void) throws {
    for _ in 1...100 {
      if geteuid() == 0 { mkdir("/run/ssh-recipes", 0o755) }
      do { return try body() } catch CocoaError.fileNoSuchFile {}
    }
    try body()
  }

  /// - Parameter tools: a folder whose programs stand before the system's.
  func run(_ name: String, tools: String? = nil) -> LockRun { LockRun(stage: self, name: name, tools: tools) }

  /// Puts a program before the system's of the same name, for runs that are given the folder.
  ///
  /// - Returns: the folder.
  func tool(_ name: String, _ lines: String) throws -> String {
    let folder = home + "/tools"
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    try Data("#!/bin/sh\n\(lines)\n".utf8).write(to: URL(filePath: "\(folder)/\(name)"))
    try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: "\(folder)/\(name)")
    return folder
  }
}

/// One run on a ``LockStage``.
final class LockRun: Sendable {
  let shell: FramedShell
  let lock: HostLock
  private let heard = Heard()
  private final class Heard: Sendable { let notices = Mutex<[HostLock.Notice]>([]) }
  var notices: [HostLock.Notice] { heard.notices.withLock { $0 } }

  init(stage: LockStage, name: String, tools: String?) {
    var launch = LocalShells.launch(stage.shell)
    launch.environment["HOME"] = stage.home
    if let tools { launch.environment["PATH"] = "\(tools):/usr/bin:/bin" }
    let shell = FramedShell(launch, owner: LocalTransport.owner)
    self.shell = shell
    let host = Hosts.Host(id: 0, role: "here", target: nil, transport: ShellOnly(shell: shell))
    let heard = heard
    lock = HostLock(host: host, run: name) { notice in heard.notices.withLock { $0.append(notice) } }
  }

  /// Makes a file, and says what came of it.
  func make(_ name: String) async -> String {
    do {
      let output = try await lock.run(
        Script("make", ": >\"$HOME/$1\"; cat; echo on >&2", [name], input: [0x78]), as: .login)
      return "\(output.status) \(output.text) \(output.errorText)"
    } catch let failure as Failure { return failure.message } catch { return "\(error)" }
  }

  /// Makes a file, which has to work.
  func makes(_ name: String, sourceLocation: SourceLocation = #_sourceLocation) async {
    let made = await make(name)
    #expect(made == "0 x on", sourceLocation: sourceLocation)
  }

  func end() async { await shell.close() }
}

private struct ShellOnly: Transport {
  let shell: FramedShell
  func run(_ script: Script, as account: Account) async throws -> Output { try await shell.run(script) }
  func login() async throws -> Login { Login() }
  func close() async { await shell.close() }
}
