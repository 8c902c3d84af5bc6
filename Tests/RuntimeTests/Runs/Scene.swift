import Foundation
import Synchronization

@testable import Contract
@testable import Hosts
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
  func run(_ body: String, needs: String = "\"files\"", isPlan: Bool = false) async -> Played {
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
    let runner = Runner(
      recipe: RecipeFile(name: "mine", path: path("mine.lua"), bytes: Array(source.utf8), origin: .path),
      RunSetup(
        platforms: [], options: RunOptions(isPlan: isPlan), person: Nobody(), factory: LocalFactory(home: folder),
        sink: lines, journals: path("journals")))
    do {
      let report = try await runner.run()
      return Played(report: report, lines: lines.all)
    } catch { return Played(report: nil, lines: lines.all, error: "\(error)") }
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
