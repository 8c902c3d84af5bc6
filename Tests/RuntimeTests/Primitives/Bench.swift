import Foundation
import Subprocess
import Synchronization

@testable import Contract
@testable import Diagnosis
@testable import Hosts
@testable import Values

/// A host that is this machine: scripts run in the real `/bin/sh`, in a folder of the test's own.
final class BenchTransport: Transport {
  struct Settings: Sendable {
    var home: String
    var login = Login(method: "publickey", serverSoftware: "OpenSSH_9.2p1")
    var platforms: [Platform] = []
    var connection = "192.0.2.7 50000 192.0.2.20 22"
    /// Set: whoever asks for root gets this.
    var rootRefusal: RootRefusal?
    /// Put in front of every script: what this host does differently.
    var prelude = ""
    /// In place of the account that the tests run as.
    var user: String?
  }

  let settings: Settings
  private let names = Mutex<[String]>([])

  init(_ settings: Settings) { self.settings = settings }

  /// The names of the scripts that were run, with a `#` in front of those that ran as root.
  var ran: [String] { names.withLock { $0 } }

  func run(_ script: Script, as account: Account) async throws -> Output {
    if account == .root, let refusal = settings.rootRefusal { throw HostError.rootRefused(refusal) }
    names.withLock { $0.append((account == .root ? "#" : "") + script.name) }
    return try await execute(script)
  }

  func login() async throws -> Login {
    var login = settings.login
    login.greeting = try await execute(Reader.greeting(for: settings.platforms))
    if let user = settings.user {
      var lines = login.greeting.text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
      for (index, line) in lines.enumerated() where line.hasPrefix("user ") { lines[index] = "user \(user)" }
      for (index, line) in lines.enumerated() where line.hasPrefix("uid ") { lines[index] = "uid 1000" }
      login.greeting.stdout = Array(lines.joined(separator: "\n").utf8) + [0x0A]
    }
    return login
  }

  func close() async {}

  /// Not by Foundation's `Process`: what a script leaves running would keep each other script of these tests waiting.
  private func execute(_ script: Script) async throws -> Output {
    let result = try await Subprocess.run(
      .path("/bin/sh"), arguments: Arguments(["-c", settings.prelude + script.text, "sh"] + script.arguments),
      environment: .custom([
        "HOME": settings.home, "PATH": "/usr/sbin:/usr/bin:/sbin:/bin", "SSH_CONNECTION": settings.connection,
        "SHELL": "/bin/sh",
      ]), input: .fileDescriptor(try StandardInput.file(script.input ?? []), closeAfterSpawningProcess: true),
      output: .bytes(limit: 16 << 20), error: .bytes(limit: 16 << 20))
    let status: Int32 =
      switch result.terminationStatus {
      case .exited(let status): status
      case .signaled(let signal): 128 + signal
      }
    return Output(status: status, stdout: result.standardOutput, stderr: result.standardError)
  }
}

/// What a run offers, from a list of answers.
final class BenchServices: RunServices {
  private let logins: Mutex<[FreshLoginResult]>
  private let asked = Mutex<[FreshLoginRequest]>([])
  private let ports = Mutex<[Int?]>([])
  /// What stands in the way of writing anything down.
  let journalError = Mutex<Failure?>(nil)
  let readers: [Int: Reader]

  init(logins: [FreshLoginResult] = [], readers: [Int: Reader] = [:]) {
    self.logins = Mutex(logins)
    self.readers = readers
  }

  var requests: [FreshLoginRequest] { asked.withLock { $0 } }
  /// The ports that were written down.
  var recorded: [Int?] { ports.withLock { $0 } }

  func reader(of host: HostArgument) -> Reader? { readers[host.id] }
  func require(_ permission: Permission, for primitive: String) throws {}
  func count(_ words: String) throws {}
  func step(_ title: String, branch: Int, position: String?) {}
  func passed(_ gate: Gate, _ what: String, on host: Hosts.Host, branch: Int) {}
  func record(_ relocation: Relocation?, of host: Hosts.Host) throws {
    if let error = journalError.withLock({ $0 }) { throw error }
    ports.withLock { $0.append(relocation?.port) }
  }
  func relocated(_ host: Hosts.Host, to relocation: Relocation, branch: Int) async throws {}
  func note(_ text: String, branch: Int) {}
  func warn(_ text: String, branch: Int) {}
  func ask(_ question: Question) async throws -> String? { nil }
  func secret(for request: SecretRequest, attempt: Int) async -> Secret? { nil }
  func keep(_ secret: Secret) -> Int { 1 }
  func keptSecret(_ number: Int) -> Secret? { nil }
  func call(_ function: LuaFunctionReference, _ arguments: [LuaValue], branch: Int) async throws -> [LuaValue] { [] }

  func newBranch(of branch: Int, label: String?) -> Int { branch + 1 }
  func label(of value: LuaValue) -> String? { nil }
  func failure(from error: any Error) -> Failure { (error as? Failure) ?? Failure(.failed, "\(error)") }
  func offer(keyAt path: String) {}

  func freshLogin(to host: Hosts.Host, with request: FreshLoginRequest) async throws -> FreshLoginResult {
    asked.withLock { $0.append(request) }
    return logins.withLock { logins in
      logins.isEmpty ? FreshLoginResult(isIn: false, login: Login()) : logins.removeFirst()
    }
  }
}

/// One host, its home, and calls of primitives on it.
final class Bench {
  let folder: URL
  let host: Hosts.Host
  let transport: BenchTransport
  let services: BenchServices
  let reader: Reader

  init(
    platform: Platform = .generic, logins: [FreshLoginResult] = [],
    target: Target? = Target(user: "pi", host: "pi.lan"),
    others: [Int: Reader] = [:], id: Int = 1, change: (inout BenchTransport.Settings) -> Void = { _ in }
  ) throws {
    folder = FileManager.default.temporaryDirectory.appending(path: "bench-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    var platform = platform
    platform.detect = [[.system("Linux")], [.system("Darwin")], [.system("FreeBSD")]]
    var settings = BenchTransport.Settings(home: folder.path)
    settings.platforms = [platform]
    change(&settings)
    transport = BenchTransport(settings)
    host = Hosts.Host(id: id, role: target == nil ? "here" : "pi", target: target, transport: transport)
    reader = Reader(host: host, platforms: settings.platforms)
    services = BenchServices(logins: logins, readers: others.merging([id: reader]) { $1 })
  }

  deinit { try? FileManager.default.removeItem(at: folder) }

  func path(_ name: String) -> String { folder.appending(path: name).path }

  @discardableResult
  func write(_ text: String, _ name: String, mode: Int = 0o644) throws -> String {
    let file = folder.appending(path: name)
    try FileManager.default.createDirectory(at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data(text.utf8).write(to: file)
    try FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: file.path)
    return file.path
  }

  func text(_ name: String) throws -> String {
    String(decoding: try Data(contentsOf: folder.appending(path: name)), as: UTF8.self)
  }

  func decide(_ primitive: Primitive, _ arguments: [String: LuaValue] = [:]) async throws -> Decision {
    let body = try primitive.prepare([.table(LuaTable(fields: arguments))])
    return try await body(PrimitiveContext(reader: reader, here: reader, services: services))
  }

  /// Decides and acts. `changed` stands in the result as in a run.
  func run(_ primitive: Primitive, _ arguments: [String: LuaValue] = [:]) async throws -> [String: LuaValue] {
    switch try await decide(primitive, arguments) {
    case .unchanged(_, let fields): return fields.merging(["changed": .boolean(false)]) { $1 }
    case .change(_, _, _, let act):
      return try await act(ApplyWriter(host: host, runID: "bench")).merging(["changed": .boolean(true)]) { $1 }
    case .value(let fields, _): return fields
    case .observe(_, _, _, let look): return try await look().fields
    case .plain(let value, _): return ["value": value]
    }
  }

  /// Plans: the overlay afterwards holds what would be.
  func plan(_ primitive: Primitive, _ arguments: [String: LuaValue] = [:]) async throws -> (what: String, diff: String?)
  {
    switch try await decide(primitive, arguments) {
    case .unchanged(let why, _): return ("unchanged: \(why)", nil)
    case .change(let what, _, let diff, let act):
      do { _ = try await act(OverlayWriter(reader: reader)) } catch is DecidedAtRunTime {}
      return (what, diff)
    case .value(_, let what): return (what ?? "", nil)
    case .observe(let what, _, _, _): return (what, nil)
    case .plain(_, let what): return (what ?? "", nil)
    }
  }
}

/// The failure that a body throws; everything else is a failure of the test.
func failure(of body: () async throws -> Void) async -> Failure? {
  do { try await body() } catch { return error as? Failure ?? Failure(.failed, "\(error)") }
  return nil
}

extension LuaValue {
  static func table(_ fields: [String: LuaValue]) -> LuaValue { .table(LuaTable(fields: fields)) }
  static func list(_ values: [LuaValue]) -> LuaValue { .table(LuaTable(list: values)) }
}
