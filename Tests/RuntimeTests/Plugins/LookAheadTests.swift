import Foundation
import Synchronization
import Testing

@testable import Contract
@testable import Hosts
@testable import Recipes
@testable import Runs

/// Questions of primitives in Lua that are sent before their turn.
@Suite struct LookAheadTests {
  /// This computer as a remote host; counts the round trips after the login.
  private final class Counting: TransportFactory {
    let home: String
    private let scripts = Mutex<[String]>([])

    init(home: String) { self.home = home }

    var sent: [String] { scripts.withLock { $0 } }

    func transport(for target: Target?, offers: @escaping @Sendable () -> [String]) -> any Transport {
      let local = LocalTransport(secrets: Nobody(), greeting: Reader.greeting(for: []), home: home + "/home")
      guard target != nil else { return local }
      return ObservedTransport(local, platforms: []) { [self] event in
        guard case .sends(let script, _) = event else { return }
        scripts.withLock { $0.append(script.name) }
      }
    }

    func freshLogin(to host: Hosts.Host, with request: FreshLoginRequest) async throws -> FreshLoginResult {
      FreshLoginResult(isIn: true, login: Login())
    }
  }

  private struct Played {
    var report: Report
    var sent: [String]
    var lines: [String]
  }

  /// Answers a question, and leaves a line in a log for each time that the host was asked.
  private static let asking = #"""
    primitive {
      summary = "Asks.", needs = { "run" }, params = { { "log", "A file.", type = "path" } }, example = "x",
      results = { { "times", "string", "How often." } },
      body = function(host, args)
        local seen = host:query { q = "echo 1 >>" .. args.log .. "; wc -l <" .. args.log }
        return unchanged("asked", { times = (seen.q.text:gsub(" ", "")) })
      end,
    }
    """#

  private static func play(
    _ body: String, in scene: Scene, needs: String = "\"files\", \"run\"", primitives: [String: String] = [:],
    isPlan: Bool = false
  ) async throws -> Played {
    let source = """
      recipe { summary = "Mine", hosts = { { "host", "The host" } }, needs = { \(needs) }, run = function(hosts)
        local host, dir = hosts.host, "\(scene.folder)/"
        \(body)
      end }
      """
    try FileManager.default.createDirectory(atPath: scene.path("home"), withIntermediateDirectories: true)
    let (lines, factory) = (Lines(), Counting(home: scene.folder))
    let recipe = RecipeFile(name: "mine", path: scene.path("mine.lua"), bytes: Array(source.utf8), origin: .path)
    var setup = RunSetup(
      platforms: [], options: RunOptions(targets: ["ada@pi"], isPlan: isPlan), person: Nobody(), factory: factory,
      sink: lines, journals: scene.path("journals"))
    setup.add(try await scene.library(primitives))
    let report = try await Runner(recipe: recipe, setup).run()
    return Played(report: report, sent: factory.sent, lines: lines.all)
  }

  private static let twenty = """
    for n = 1, 8 do host:line { dir .. "line" .. n, "x", create = true } end
    for n = 1, 6 do host:block { dir .. "block" .. n, "x", create = true } end
    for n = 1, 4 do host:template { dir .. "text" .. n, text = "{{n}}", values = { n = n } } end
    host:ssh_config { "nas", { User = "ada" }, path = dir .. "config" }
    if not host:known_host({ "nas", "ssh-ed25519 AAAAC3", path = dir .. "known" }).changed then note "all the same" end
    """

  @Test func `a second run with twenty calls of the library is one round trip`() async throws {
    try await Scene.with { scene in
      let first = try await Self.play(Self.twenty, in: scene)
      #expect(first.report.tally.changed == 20, "\(first)")
      let second = try await Self.play(Self.twenty, in: scene)
      #expect(second.report.outcome == .unchanged, "\(second)")
      #expect(second.lines.last == "note all the same")
      #expect(second.sent == ["look"], "\(second)")
    }
  }

  @Test func `the questions of several calls go together, and each is asked once`() async throws {
    try await Scene.with { scene in
      let calls = "for n = 1, 5 do host:asks(dir .. 'log' .. n) end note(host:asks(dir .. 'log1').times)"
      let played = try await Self.play(calls, in: scene, primitives: ["asks": Self.asking])
      #expect(played.lines.last == "note 1", "\(played)")
      #expect(played.sent == ["query"])
    }
  }

  @Test func `files and questions are one round trip`() async throws {
    try await Scene.with { scene in
      try scene.write("there", "x\n", mode: 0o644)
      let calls = "host:line { dir .. 'there', 'x' } note(host:asks(dir .. 'log').times)"
      let played = try await Self.play(calls, in: scene, primitives: ["asks": Self.asking])
      #expect(played.lines.last == "note 1", "\(played)")
      #expect(played.sent == ["look"])
    }
  }

  @Test func `a file that cannot be looked at leaves the questions answered`() async throws {
    try await Scene.with { scene in
      try FileManager.default.createSymbolicLink(atPath: scene.path("loop"), withDestinationPath: "loop")
      let calls = "pcall(host.line, host, { dir .. 'loop/x', 'x' }) note(host:asks(dir .. 'log').times)"
      let played = try await Self.play(calls, in: scene, primitives: ["asks": Self.asking])
      #expect(played.lines.last == "note 1", "\(played)")
      #expect(played.sent == ["look", "look", "look"])
    }
  }

  @Test func `an answer from before a change does not count`() async throws {
    try await Scene.with { scene in
      let played = try await Self.play(
        "host:line { dir .. 'new', 'x', create = true } note(host:asks(dir .. 'log').times)", in: scene,
        primitives: ["asks": Self.asking])
      #expect(played.lines.last == "note 2", "\(played)")
    }
  }

  @Test func `nothing is asked ahead that depends on an unknown result`() async throws {
    try await Scene.with { scene in
      let call = "if host:asks(dir .. 'a').times == '2' then host:asks(dir .. 'b') end"
      let guessed = try await Self.play(call, in: scene, primitives: ["asks": Self.asking])
      #expect(guessed.report.failures == [], "\(guessed)")
      #expect(!FileManager.default.fileExists(atPath: scene.path("b")))
    }
  }

  @Test func `nothing is asked ahead without the permissions of recipe and primitive`() async throws {
    try await Scene.with { scene in
      let call = "host:line { dir .. 'there', 'x' } host:asks(dir .. 'log')"
      try scene.write("there", "x\n", mode: 0o644)
      for (needs, primitive) in [
        ("\"files\"", Self.asking), ("\"files\", \"run\"", Self.asking.replacing("\"run\"", with: "\"files\"")),
      ] {
        let played = try await Self.play(call, in: scene, needs: needs, primitives: ["asks": primitive])
        #expect(played.report.failures.map(\.kind) == [.permission], "\(played)")
        #expect(!FileManager.default.fileExists(atPath: scene.path("log")))
      }
    }
  }

  @Test func `a plan asks ahead too`() async throws {
    try await Scene.with { scene in
      _ = try await Self.play(Self.twenty, in: scene)
      let plan = try await Self.play(Self.twenty, in: scene, isPlan: true)
      #expect(plan.sent == ["look"], "\(plan)")
    }
  }
}
