import Foundation
import Testing

@testable import Contract
@testable import Diagnosis
@testable import Hosts
@testable import Primitives
@testable import Runs
@testable import Values

/// A path of the recipe's own choosing needs `files`, but for the account's own keys and sshd's own files: SECURITY.md.
@Suite struct PathPermissionTests {
  /// One argument that takes a path, in a primitive that needs something else than `files`.
  struct Argument: Sendable, CustomTestStringConvertible {
    var primitive: String
    var parameter: String
    /// What else the call needs.
    var others: [String: LuaValue] = [:]
    /// What may be named without `files`.
    var own: [String] = []
    /// What must not.
    var foreign: [String] = PathPermissionTests.elsewhere
    /// All that has to be asked for to name any path.
    var needs: [Permission] = [.files]

    var testDescription: String { "\(primitive).\(parameter)" }
  }

  private static let key = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIFMTh5V+M+9wLzQNZ9ljZjBrxRCARgrYEa+NGdVzxm1K me@laptop"
  private static let keys = ["~/.ssh/id_x", "~/.ssh/id_x.pub", "~/.ssh/nas/id_x", "HOME/.ssh/id_x"]
  static let elsewhere = [
    "/", "~", "~/x", "/etc/x", "~/.bashrc", "~/.ssh", "~/.ssh/", "~/.ssh/../x", "~/.ssh/./x", "~/.ssh/nas/../../x",
    "~/.ssh/config", "~/.ssh/rc", "~/.ssh/RC", "~/.ssh/environment", "~/.ssh/known_hosts", "~/.sshx/id_x", "HOME/.sshx",
    "HOME/.ssh/../x", "/elsewhere/.ssh/id_x", "HOMEx/.ssh/id_x",
  ]

  static let arguments = [
    Argument(primitive: "keygen", parameter: "path", own: keys),
    Argument(primitive: "copy_id", parameter: "key", own: keys),
    Argument(
      primitive: "copy_id", parameter: "file", others: ["key": .string(key)],
      own: ["~/.ssh/authorized_keys", "~/.ssh/authorized_keys2"], foreign: elsewhere + keys),
    Argument(primitive: "remove_id", parameter: "key", own: keys),
    Argument(
      primitive: "remove_id", parameter: "file", others: ["key": .string(key)],
      own: ["~/.ssh/authorized_keys", "~/.ssh/authorized_keys2"], foreign: elsewhere + keys),
    Argument(primitive: "ssh_add", parameter: "key", own: keys),
    Argument(primitive: "verify_login", parameter: "key", own: keys),
    Argument(primitive: "restart_ssh", parameter: "key", others: ["force": .boolean(true)], own: keys),
    Argument(
      primitive: "edit_config", parameter: "key", others: ["options": .table(["Port": .integer(22)])], own: keys),
    Argument(
      primitive: "edit_config", parameter: "path", others: ["options": .table(["Port": .integer(22)])],
      own: ["/etc/ssh/sshd_config", "/etc/ssh/sshd_config.d/50-x.conf", "/config/sshd", "/config/sshd.d/x"],
      foreign: elsewhere + keys + ["/etc/ssh/ssh_config", "/etc/ssh/sshd_config.d/../x", "/etc/ssh/sshd_config_x"],
      needs: [.files, .root]),
    Argument(
      primitive: "edit_config", parameter: "path", others: ["lines": .list([.string("x")])],
      foreign: elsewhere + keys + ["/etc/ssh/sshd_config"]),
    Argument(primitive: "wait_for", parameter: "path", foreign: elsewhere + keys),
  ]

  @Test func `every primitive that takes a path without needing files is in the table`() {
    // With `run` any path can be reached.
    let free = Catalogue.builtIn.primitives.filter { ![.files, .run].contains($0.permission) }
    let found = free.flatMap { primitive in
      primitive.parameters.filter(\.takesPath).map { "\(primitive.name).\($0.name)" }
    }
    #expect(Set(found) == Set(Self.arguments.map(\.testDescription)))
  }

  /// A host that says who we are on it; whatever else it is asked ends the call.
  private struct Greeted: Transport {
    let inner: ShellTransport
    func run(_ script: Script, as account: Account) async throws -> Output { throw Failure(.failed, script.name) }
    func login() async throws -> Login { try await inner.login() }
    func close() async {}
  }

  /// - Returns: the kind of the failure that a call ends with, and its message.
  private static func outcome(
    _ argument: Argument, _ path: String, home: String, granted: Set<Permission>
  ) async throws -> (kind: Failure.Kind?, message: String) {
    let primitive = try #require(Catalogue.builtIn[argument.primitive])
    let transport = Greeted(
      inner: ShellTransport(environment: ["HOME": home, "PATH": "/usr/sbin:/usr/bin:/sbin:/bin"]))
    var platform = Platform(name: "test", title: "Test")
    platform.sshdConfig = "/config/sshd"
    platform.detect = [[.system("Linux")], [.system("Darwin")], [.system("FreeBSD")]]
    let target = argument.primitive == "ssh_add" ? nil : Target(user: "pi", host: "pi")
    let host = Hosts.Host(id: 1, role: "pi", target: target, transport: transport)
    let reader = Reader(host: host, platforms: [platform])
    let here = Reader(host: Hosts.Host(id: 0, role: "here", target: nil, transport: transport), platforms: [])
    let services = TestServices(granted: granted.union([primitive.permission].compactMap(\.self)))
    var fields = argument.others
    fields[argument.parameter] = .string(path.replacing("HOME", with: home))
    do {
      let body = try primitive.prepare([.table(fields)])
      _ = try await body(PrimitiveContext(reader: reader, here: here, services: services))
      return (nil, "")
    } catch let failure as Failure { return (failure.kind, failure.message) }
  }

  @Test(arguments: arguments)
  func `a path elsewhere needs files, one's own key and sshd's own files do not`(_ argument: Argument) async throws {
    try await Scene.with { scene in
      let home = scene.folder
      for path in argument.foreign {
        var granted: Set<Permission> = []
        for permission in argument.needs {
          let refused = try await Self.outcome(argument, path, home: home, granted: granted)
          #expect(refused == (.permission, "\(argument.primitive) needs \(permission.rawValue)"), "\(path)")
          granted.insert(permission)
        }
        let admitted = try await Self.outcome(argument, path, home: home, granted: granted)
        #expect(admitted.kind != .permission, "\(path): \(admitted)")
      }
      for path in argument.own {
        let admitted = try await Self.outcome(argument, path, home: home, granted: [])
        #expect(admitted.kind != .permission, "\(path): \(admitted)")
      }
    }
  }

  @Test func `a key's line whose options hold a command does not get into a start-up file`() async throws {
    try await Scene.with { scene in
      try scene.write(".bashrc", "# mine\n", mode: 0o644)
      let run = await scene.run(
        #"""
        local options = 'environment="A=$(touch evil)"'
        here:copy_id { key = "\#(Self.key)", file = "~/.bashrc", options = options }
        """#, needs: "\"keys\"")
      #expect(
        run.report?.failures.map(\.message) == [
          "'copy_id' needs the permission \"files\", which the recipe does not ask for"
        ])
      #expect(try String(contentsOfFile: scene.path(".bashrc"), encoding: .utf8) == "# mine\n")
    }
  }
}
