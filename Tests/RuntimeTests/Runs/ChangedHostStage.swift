import Foundation

@testable import Hosts
@testable import Recipes
@testable import Runs

extension ChangedHostTests {
  /// A folder with homes, and the host `nas`, which is this computer under changing marks.
  struct Stage: Sendable {
    let folder: String

    /// A host as a login finds it.
    struct Place: Sendable {
      /// The name of the home in the stage's folder.
      var home = "a"
      var hostKey = "SHA256:a"
      var name = "nas-a"
      var machine = "a"
      var address = "10.0.0.2"
      var user = "pi"
      var userID = Stage.userID
    }

    /// Not root, for whom a watchdog would have to be armed on this computer.
    private static let userID = geteuid() == 0 ? 1000 : Int(geteuid())

    static func with(_ body: @Sendable (Stage) async throws -> Void) async throws {
      let url = FileManager.default.temporaryDirectory.appending(path: "moved-\(UUID().uuidString)")
      let folder = url.resolvingSymlinksInPath().path
      defer { try? FileManager.default.removeItem(atPath: folder) }
      try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: false)
      for name in ["here", "a"] {
        try FileManager.default.createDirectory(
          atPath: "\(folder)/\(name)", withIntermediateDirectories: false,
          attributes: geteuid() == 0 ? [.ownerAccountID: userID] : nil)
      }
      try await body(Stage(folder: folder))
    }

    func path(_ name: String) -> String { "\(folder)/\(name)" }
    func text(_ name: String) -> String? { try? String(contentsOfFile: path(name), encoding: .utf8) }

    /// The run that ``run()`` made.
    var past: PastCommand? { History(folder: path("journals")).commands().first { !$0.isUndo } }

    /// Writes `~/mark`.
    func run() async throws {
      let source = """
        recipe {
          summary = "Mine", hosts = { { "nas", "A host" } }, needs = { "files" },
          run = function(hosts) hosts.nas:write("~/mark", "text\\n") end,
        }
        """
      let recipe = RecipeFile(name: "mine", path: path("mine.lua"), bytes: Array(source.utf8), origin: .path)
      var setup = setup(Place())
      setup.options.targets = ["nas"]
      let failures = try await Runner(recipe: recipe, setup).run().failures
      if let failure = failures.first { throw failure }
    }

    func undo(at place: Place, isPlan: Bool = false, force: Bool = false) async throws -> Report {
      guard let past else { throw CocoaError(.fileNoSuchFile) }
      var setup = setup(place)
      setup.options.isPlan = isPlan
      return try await Undoer(past: past, setup).run(force: force)
    }

    private func setup(_ place: Place) -> RunSetup {
      RunSetup(
        platforms: [CopyIDTests.platform()], options: RunOptions(), person: Nobody(),
        factory: Factory(stage: self, place: place), sink: Lines(), journals: path("journals"))
    }
  }

  private struct Factory: TransportFactory {
    let stage: Stage
    let place: Stage.Place

    func transport(for target: Target?, offers: @escaping @Sendable () -> [String]) -> any Transport {
      let local = LocalTransport(
        secrets: Nobody(), greeting: Reader.greeting(for: [CopyIDTests.platform()]),
        home: stage.path(target == nil ? "here" : place.home))
      return target == nil ? local : Disguised(local: local, place: place)
    }
    func freshLogin(to host: Hosts.Host, with request: FreshLoginRequest) async throws -> FreshLoginResult {
      FreshLoginResult(isIn: false, login: Login())
    }
  }

  private struct Disguised: Transport {
    let local: LocalTransport
    let place: Stage.Place

    func run(_ script: Script, as account: Account) async throws -> Output {
      try await local.run(script, as: account)
    }
    func close() async { await local.close() }

    func login() async throws -> Login {
      var login = try await local.login()
      login.hostKey = place.hostKey
      let records = [
        "name": place.name, "machine": place.machine, "connection": "10.0.0.1 50000 \(place.address) 22",
        "user": place.user, "uid": "\(place.userID)",
      ]
      let lines = login.greeting.text.split(separator: "\n", omittingEmptySubsequences: false).map { line in
        let key = String(line.prefix { $0 != " " })
        return records[key].map { "\(key) \($0)" } ?? String(line)
      }
      login.greeting.stdout = Array(lines.joined(separator: "\n").utf8)
      return login
    }
  }
}
