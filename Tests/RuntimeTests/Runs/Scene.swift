import Foundation
import Synchronization
import Testing

@testable import Contract
@testable import Hosts
@testable import Primitives
@testable import Recipes
@testable import Runs

/// A scratch folder and what a recipe does in it.
struct Scene: Sendable {
  let folder: String

  struct Played: Sendable {
    var report: Report?
    var lines: [String]
    var error: String?
  }

  static func with<T: Sendable>(_ body: @Sendable (Scene) async throws -> T) async throws -> T {
    let folder = FileManager.default.temporaryDirectory.appending(path: "scene-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    return try await body(Scene(folder: folder.resolvingSymlinksInPath().path))
  }

  func path(_ name: String) -> String { "\(folder)/\(name)" }

  func write(_ name: String, _ text: String = "text\n", mode: Int) throws {
    try text.write(toFile: path(name), atomically: false, encoding: .utf8)
    try FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: path(name))
  }

  func mode(_ name: String) -> Int? {
    (try? FileManager.default.attributesOfItem(atPath: path(name)))?[.posixPermissions] as? Int
  }

  /// Runs a body as the recipe `mine.lua`; its first line is line 6.
  ///
  /// - Parameter primitives: the texts of primitives in Lua besides the bundled ones, by name; `nil` for none at all.
  func run(
    _ body: String, needs: String = "\"files\"", isPlan: Bool = false, primitives: [String: String]? = nil
  ) async -> Played {
    let source = """
      recipe {
        summary = "Mine",
        params = { { "path", "A path", default = "\(path("file"))" } },
        needs = { \(needs) },
        run = function(hosts, params)
      \(body)
        end,
      }
      """
    let lines = Lines()
    let recipe = RecipeFile(name: "mine", path: path("mine.lua"), bytes: Array(source.utf8), origin: .path)
    var setup = setup(lines)
    setup.options.isPlan = isPlan
    do {
      if let primitives { setup.add(try await library(primitives)) }
      let runner = Runner(recipe: recipe, setup)
      let report = try await runner.run()
      return Played(report: report, lines: lines.all)
    } catch { return Played(report: nil, lines: lines.all, error: "\(error)") }
  }
}

extension Scene {
  func setup(_ sink: any EventSink) -> RunSetup {
    RunSetup(
      platforms: [], options: RunOptions(), person: Nobody(), factory: LocalFactory(home: folder), sink: sink,
      journals: path("journals"))
  }

  /// The bundled primitives, and those with these texts, by name.
  func library(_ primitives: [String: String]) async throws -> PrimitiveLibrary {
    let bundled = #filePath.components(separatedBy: "/Tests/")[0] + "/recipes/primitives"
    var layers = [PrimitiveLayer(folder: bundled, .bundled)]
    if !primitives.isEmpty {
      let files = primitives.map { ($0.key + ".lua", Array($0.value.utf8)) }
      layers.append(PrimitiveLayer(files: Dictionary(uniqueKeysWithValues: files), repository: "acme"))
    }
    return try await PrimitiveLibrary.load(layers, besides: .builtIn)
  }

  /// Undoes the last command with changes.
  func undo() async throws -> Played {
    let lines = Lines()
    let past = try #require(History(folder: path("journals")).commands().first { !$0.isUndo })
    let report = try await Undoer(past: past, setup(lines)).run(force: false)
    return Played(report: report, lines: lines.all)
  }
}

/// Keeps what a run told, a line an event.
final class Lines: EventSink {
  private let lines = Mutex<[String]>([])
  var all: [String] { lines.withLock { $0 } }

  func receive(_ event: Event) {
    guard let line = Self.line(event) else { return }
    lines.withLock { $0.append(line) }
  }

  private static func line(_ event: Event) -> String? {
    switch event {
    case .step(let title, _, _): "step \(title)"
    case .note(let text, _): "note \(text)"
    case .warning(let text, _): "warning \(text)"
    case .primitive(let call):
      switch call.state {
      case .began: nil
      case .unchanged: "\(call.primitive) unchanged \(call.what)"
      case .changed: "\(call.primitive) changed \(call.what)"
      case .read: "\(call.primitive) read \(call.what)"
      case .seen: "\(call.primitive) seen \(call.what)"
      case .failed: "\(call.primitive) failed \(call.what)"
      }
    default: nil
    }
  }
}

/// Nobody is there.
struct Nobody: Person {
  func answer(_ question: Question) async -> String? { question.defaultAnswer }
  func secret(for request: SecretRequest, attempt: Int) async -> Secret? {
    if case .recipe = request { Secret(Array("opensesame!".utf8)) } else { nil }
  }
  func accept(target: String, keyType: String, fingerprint: String) async -> Bool { false }
}

/// Every host is this computer.
struct LocalFactory: TransportFactory {
  /// A test's own, since there is one lock for each.
  let home: String

  func transport(for target: Target?, offers: @escaping @Sendable () -> [String]) -> any Transport {
    LocalTransport(secrets: Nobody(), greeting: Reader.greeting(for: []), home: home)
  }
  func freshLogin(to host: Hosts.Host, with request: FreshLoginRequest) async throws -> FreshLoginResult {
    FreshLoginResult(isIn: false, login: Login())
  }
}
