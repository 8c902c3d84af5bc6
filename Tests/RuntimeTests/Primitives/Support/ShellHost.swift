import Foundation
import Subprocess
import Testing

@testable import Contract
@testable import Diagnosis
@testable import Hosts
@testable import Values

/// A home in a temporary folder, with primitives that work on it through a real shell. Gone with the last reference.
final class ShellHost: Sendable {
  let home: String
  let host: Hosts.Host
  let services: TestServices
  let reader: Reader
  let here: Reader

  /// - Parameters:
  ///   - shell: the program that runs scripts.
  ///   - isHere: whether the host is this computer to primitives.
  ///   - userID: whom scripts run as; the home belongs to that account.
  init(
    shell: [String] = ["sh"], isHere: Bool = false, userID: UInt32? = nil, acceptedKey: String? = nil,
    services: TestServices = TestServices(), variables: [String: String] = [:], platforms: [Platform] = []
  ) throws {
    let folder = URL(fileURLWithPath: "/tmp").appending(path: "prim-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: false)
    if let userID { chown(folder.path, userID, userID) }
    home = folder.path
    self.services = services
    var environment: [Environment.Key: String] = [
      "HOME": folder.path, "PATH": "/usr/sbin:/usr/bin:/sbin:/bin", "LC_ALL": "C",
    ]
    for (name, value) in variables { environment[.init(rawValue: name) ?? "X"] = value }
    let transport = ShellTransport(
      shell: shell, environment: environment, userID: userID, acceptedKey: acceptedKey)
    let target = isHere ? nil : Target(user: "pi", host: "raspberrypi")
    host = Hosts.Host(id: isHere ? 0 : 1, role: isHere ? "here" : "pi", target: target, transport: transport)
    reader = Reader(host: host, platforms: platforms)
    let local = ShellTransport(environment: environment)
    here =
      isHere ? reader : Reader(host: Hosts.Host(id: 0, role: "here", target: nil, transport: local), platforms: [])
  }

  deinit { try? FileManager.default.removeItem(atPath: home) }

  func put(_ name: String, _ text: String, mode: Int = 0o644) throws {
    try Data(text.utf8).write(to: URL(fileURLWithPath: home + "/" + name))
    try FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: home + "/" + name)
  }

  func text(_ name: String) throws -> String {
    String(decoding: try Data(contentsOf: URL(fileURLWithPath: home + "/" + name)), as: UTF8.self)
  }

  func mode(_ name: String) throws -> String {
    let attributes = try FileManager.default.attributesOfItem(atPath: home + "/" + name)
    let bits = try #require(attributes[.posixPermissions] as? Int)
    return String(bits, radix: 8)
  }

  func exists(_ name: String) -> Bool { FileManager.default.fileExists(atPath: home + "/" + name) }

  /// What came of one call.
  struct Outcome {
    var value: LuaValue
    /// `nil` for an answer.
    var changed: Bool?
    var what: String
    var diff: String?

    subscript(name: String) -> LuaValue {
      if case .table(let table) = value { table[name] } else { .nil }
    }
  }

  /// Calls a primitive as a recipe would, and does what it decides.
  ///
  /// - Parameter plan: do it in memory only.
  @discardableResult
  func call(_ primitive: Primitive, _ fields: [String: LuaValue] = [:], plan: Bool = false) async throws -> Outcome {
    let context = PrimitiveContext(reader: reader, here: here, services: services)
    let body = try primitive.prepare([.table(LuaTable(fields: fields))])
    let writer: any Writer = plan ? OverlayWriter(reader: reader) : ApplyWriter(host: host, runID: "test")
    switch try await body(context) {
    case .unchanged(let why, let fields): return outcome(fields, changed: false, why)
    case .value(let fields, let what): return outcome(fields, changed: nil, what ?? "")
    case .plain(let value, let what): return Outcome(value: value, changed: nil, what: what ?? "")
    case .change(let what, let planned, let diff, let act):
      var fields = planned
      do { fields = try await act(writer) } catch is DecidedAtRunTime {}
      var result = outcome(fields, changed: true, what)
      result.diff = diff
      return result
    case .observe(let what, let planned, let plain, let look):
      guard !plan else { return Outcome(value: plain ?? .table(LuaTable(fields: planned)), what: what) }
      let seen = try await look()
      return Outcome(value: seen.plain ?? .table(LuaTable(fields: seen.fields)), what: seen.summary)
    }
  }

  private func outcome(_ fields: [String: LuaValue], changed: Bool?, _ what: String) -> Outcome {
    Outcome(value: .table(LuaTable(fields: fields)), changed: changed, what: what)
  }

  /// The failure that a call ends with.
  func failure(_ primitive: Primitive, _ fields: [String: LuaValue] = [:]) async throws -> Failure {
    try #require(await #expect(throws: Failure.self) { try await self.call(primitive, fields) })
  }

  /// The shells that every script must work in and that are there.
  static let shells: [[String]] = [["dash"], ["bash", "--posix"], ["busybox", "ash"]].filter { shell in
    ["/bin/", "/usr/bin/"].contains { FileManager.default.isExecutableFile(atPath: $0 + shell[0]) }
  }
}
