import Foundation
import Testing

@testable import Contract
@testable import Diagnosis
@testable import Hosts
@testable import Primitives
@testable import Runs
@testable import Values

/// A path of the recipe's own choosing needs `files`, except for the account's own keys and sshd's own files: SECURITY.md.
///
/// The arguments come from the catalogue, so a new primitive is tested without a line here.
@Suite struct PathPermissionTests {
  /// One argument that takes a path, in a primitive that needs neither `files` nor `run`.
  struct Argument: Sendable, CustomTestStringConvertible {
    var primitive: String
    var parameter: String
    var own: OwnPaths
    /// The other arguments of the call.
    var others: [String: LuaValue]
    /// Whether each path needs `files`, since the body asks for it.
    var alwaysNeedsFiles = false

    var testDescription: String { "\(primitive).\(parameter)" }

    /// Paths that need no permission.
    var allowed: [String] {
      if alwaysNeedsFiles { return [] }
      return switch own {
      case .none: []
      case .keys, .publicKeys: keys
      case .keysFiles: ["~/.ssh/authorized_keys", "~/.ssh/authorized_keys2"]
      case .serverConfig: serverConfig
      }
    }

    /// Paths that need ``needs``.
    var refused: [String] {
      switch own {
      case .keys, .publicKeys: elsewhere
      case .none, .keysFiles: elsewhere + keys
      case .serverConfig:
        elsewhere + keys + (alwaysNeedsFiles ? ["/etc/ssh/sshd_config"] : almostServerConfig)
      }
    }

    /// The permissions that a path of ``refused`` needs, in the order of the checks.
    var needs: [Permission] { own == .serverConfig && !alwaysNeedsFiles ? [.files, .root] : [.files] }
  }

  private static let key = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIFMTh5V+M+9wLzQNZ9ljZjBrxRCARgrYEa+NGdVzxm1K me@laptop"
  private static let keys = ["~/.ssh/id_x", "~/.ssh/id_x.pub", "~/.ssh/nas/id_x", "HOME/.ssh/id_x"]
  private static let serverConfig = [
    "/etc/ssh/sshd_config", "/etc/ssh/sshd_config.d/50-x.conf", "/config/sshd", "/config/sshd.d/x",
  ]
  private static let almostServerConfig = [
    "/etc/ssh/ssh_config", "/etc/ssh/sshd_config.d/../x", "/etc/ssh/sshd_config_x",
  ]
  private static let elsewhere = [
    "/", "~", "~/x", "/etc/x", "~/.bashrc", "~/.ssh", "~/.ssh/", "~/.ssh/../x", "~/.ssh/./x", "~/.ssh/nas/../../x",
    "~/.ssh/config", "~/.ssh/rc", "~/.ssh/RC", "~/.ssh/environment", "~/.ssh/known_hosts", "~/.sshx/id_x", "HOME/.sshx",
    "HOME/.ssh/../x", "/elsewhere/.ssh/id_x", "HOMEx/.ssh/id_x",
  ]

  /// Arguments that only the body of a primitive asks for.
  private static let others: [String: [String: LuaValue]] = [
    "edit_config": ["options": .table(["Port": .integer(22)])], "restart_ssh": ["force": .boolean(true)],
  ]

  static let arguments: [Argument] = {
    var arguments: [Argument] = []
    // With `run` any path can be reached.
    for primitive in Catalogue.builtIn.primitives where ![.files, .run].contains(primitive.permission) {
      for parameter in primitive.parameters where parameter.takesPath {
        var others = others[primitive.name] ?? [:]
        for other in primitive.parameters where other.isRequired && other.name != parameter.name {
          others[other.name] = sample(of: other)
        }
        arguments.append(
          Argument(primitive: primitive.name, parameter: parameter.name, own: parameter.own, others: others))
      }
    }
    arguments.append(
      Argument(
        primitive: "edit_config", parameter: "path", own: .serverConfig,
        others: ["lines": .list([.string("x")])], alwaysNeedsFiles: true))
    return arguments
  }()

  /// A value that the parameter takes, and that names no file where it can do without.
  private static func sample(of parameter: ParameterInfo) -> LuaValue {
    switch parameter.expectation {
    case KeyArgument.expectation: .string(key)
    case RemotePath.expectation: .string("~/.ssh/id_x")
    case HostArgument.expectation: .object(LuaObject(kind: HostArgument.objectKind, id: 1))
    case Int.expectation: .integer(1)
    default: .string("x")
    }
  }

  @Test func `a parameter that says nothing about its paths needs files for each of them`() async throws {
    let pi = try ShellHost(services: TestServices(granted: [.keys]))
    let primitive = Primitive(
      "touch", "Makes files.", needs: .keys, Parameter<RemotePath?>("path", "One file."),
      Parameter<[RemotePath]?>("more", "More files."), example: ""
    ) { _, _, _ in .unchanged("") }
    let refusal = Failure(.permission, "touch needs files")
    #expect(try await pi.call(primitive).changed == false)
    #expect(try await pi.failure(primitive, ["path": .string("~/.ssh/id_x")]) == refusal)
    #expect(try await pi.failure(primitive, ["more": .list([.string("~/.ssh/authorized_keys")])]) == refusal)
  }

  @Test func `a key may be below the home of the host that has it, and of no other`() async throws {
    let nas = try ShellHost(id: 2)
    let pi = try ShellHost(services: TestServices(granted: [.keys]))
    pi.services.add(nas.reader)
    func login(_ path: String, from other: ShellHost? = nil) -> [String: LuaValue] {
      var arguments: [String: LuaValue] = ["key": .string(path)]
      arguments["from"] = other.map { .object(LuaObject(kind: HostArgument.objectKind, id: $0.host.id)) }
      return arguments
    }
    let refusal = Failure(.permission, "verify_login needs files")
    #expect(try await pi.failure(.verifyLogin, login(nas.path(".ssh/id"))) == refusal)
    #expect(try await pi.failure(.verifyLogin, login(pi.path(".ssh/id"), from: nas)) == refusal)
    #expect(try await pi.call(.verifyLogin, login(pi.path(".ssh/id")), plan: true)["planned"] == .boolean(true))
    #expect(
      try await pi.call(.verifyLogin, login(nas.path(".ssh/id"), from: nas), plan: true)["planned"] == .boolean(true))
  }

  @Test func `only a path that would need files is declared as own`() {
    for primitive in Catalogue.builtIn.primitives {
      for parameter in primitive.parameters where parameter.own != .none {
        #expect(
          Self.arguments.contains { $0.testDescription == "\(primitive.name).\(parameter.name)" },
          "\(primitive.name): take `own:` off \"\(parameter.name)\": it is no path, or the primitive needs files or run"
        )
      }
    }
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
    let transport = Greeted(inner: ShellTransport(ShellTransport.Settings(home: home)))
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
      for path in argument.refused {
        var granted: Set<Permission> = []
        for permission in argument.needs {
          let refused = try await Self.outcome(argument, path, home: home, granted: granted)
          #expect(refused == (.permission, "\(argument.primitive) needs \(permission.rawValue)"), "\(path)")
          granted.insert(permission)
        }
        let admitted = try await Self.outcome(argument, path, home: home, granted: granted)
        #expect(admitted.kind != .permission, "\(path): \(admitted)")
      }
      for path in argument.allowed {
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
