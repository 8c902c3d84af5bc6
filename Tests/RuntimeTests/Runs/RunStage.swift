import Synchronization

@testable import Diagnosis
@testable import Hosts
@testable import Lua
@testable import Recipes
@testable import Runs

/// A recipe that is run on hosts to which nothing may be sent.
struct RunStage {
  var limits = LuaLimits.standard
  var isPlan = false

  struct Played {
    var failures: [Failure]
    /// What was sent, by the names of the scripts.
    var sent: [String]
    var lines: [String]
  }

  /// Notes what it is asked to send, and sends nothing.
  final class Silent: TransportFactory {
    private let names = Mutex<[String]>([])
    var sent: [String] { names.withLock { $0 } }

    func add(_ name: String) { names.withLock { $0.append(name) } }
    func transport(for target: Target?, offers: @escaping @Sendable () -> [String]) -> any Transport {
      Noting(factory: self)
    }
    func freshLogin(to host: Hosts.Host, with request: FreshLoginRequest) async throws -> FreshLoginResult {
      add("fresh login")
      return FreshLoginResult(isIn: false, login: Login())
    }
  }

  private struct Noting: Transport {
    let factory: Silent

    func run(_ script: Script, as account: Account) async throws -> Output {
      factory.add(script.name)
      return Output()
    }
    func login() async throws -> Login {
      factory.add("login")
      return Login()
    }
    func close() async {}
  }

  static func file(_ source: String) -> RecipeFile {
    RecipeFile(name: "mine", path: "/nowhere/mine.lua", bytes: Array(source.utf8), origin: .path)
  }

  func setup(_ targets: [String], _ factory: any TransportFactory, _ sink: any EventSink) -> RunSetup {
    var setup = RunSetup(
      platforms: [], options: RunOptions(targets: targets, isPlan: isPlan), person: Nobody(), factory: factory,
      sink: sink, journals: nil)
    setup.limits = limits
    return setup
  }

  func play(_ source: String, on targets: [String] = [], agreed: RecipeHeader? = nil) async throws -> Played {
    let factory = Silent()
    let lines = Lines()
    let runner = Runner(recipe: Self.file(source), agreed: agreed, setup(targets, factory, lines))
    let report = try await runner.run()
    return Played(failures: report.failures, sent: factory.sent, lines: lines.all)
  }

  /// One run of a recipe, as a runner makes it.
  func run(
    _ file: RecipeFile, _ factory: any TransportFactory, _ assignment: RoleAssignment = RoleAssignment(entries: [])
  ) throws -> Run {
    let setup = setup([], factory, Lines())
    return try Run(
      id: "test", recipe: file, assignment: assignment, setup: setup, computer: ThisComputer(setup), numbers: Numbers(),
      journal: nil, branch: 0)
  }
}
