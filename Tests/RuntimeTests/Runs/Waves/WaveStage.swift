import Synchronization

@testable import Diagnosis
@testable import Hosts
@testable import Recipes
@testable import Runs

/// Hosts that behave as their names say: `down1` cannot be reached, `flaky1` only at the second attempt, `denied1` refuses
/// the login, `stuck1` never answers, and every other one is this computer.
final class WaveStage: TransportFactory, EventSink {
  private struct State {
    var logins: [String: Int] = [:]
    var events: [Event] = []
  }

  private let state = Mutex(State())
  let home: String

  init(home: String) { self.home = home }

  struct Played {
    var report: Report
    /// Waves, and the attempts with their ends.
    var lines: [String]
  }

  private struct Acting: Transport {
    let name: String
    let stage: WaveStage
    let local: LocalTransport

    func login() async throws -> Login {
      let attempt = stage.state.withLock { state in
        state.logins[name, default: 0] += 1
        return state.logins[name, default: 0]
      }
      switch name.prefix(while: \.isLetter) {
      case "down": throw HostError.unreachable("no route")
      case "flaky" where attempt == 1: throw HostError.connectionLost("gone")
      case "denied": throw HostError.tooManyAuthenticationFailures
      case "stuck":
        do { try await Task.sleep(for: .seconds(600)) } catch { throw HostError.cancelled }
      default: break
      }
      return try await local.login()
    }

    func run(_ script: Script, as account: Account) async throws -> Output {
      _ = try await login()
      return try await local.run(script, as: account)
    }

    func close() async { await local.close() }
  }

  func transport(for target: Target?, offers: @escaping @Sendable () -> [String]) -> any Transport {
    let local = LocalTransport(secrets: Nobody(), greeting: Reader.greeting(for: []), home: home)
    return target.map { Acting(name: $0.host, stage: self, local: local) } ?? local
  }

  func freshLogin(to host: Hosts.Host, with request: FreshLoginRequest) async throws -> FreshLoginResult {
    FreshLoginResult(isIn: false, login: Login())
  }

  func receive(_ event: Event) { state.withLock { $0.events.append(event) } }

  static func play(
    _ hosts: [String], _ schedule: Schedule, forks: Int = 50, isAllOrNothing: Bool = false, shard: Shard? = nil,
    body: String = #"hosts.pi:status("/")"#
  ) async throws -> Played {
    try await Scene.with { scene in
      let stage = WaveStage(home: scene.folder)
      let source = """
        recipe {
          summary = "Looks", hosts = { { "pi", "A host" } }, needs = { "files" },
          run = function(hosts) \(body) end,
        }
        """
      let options = RunOptions(
        targets: hosts, isAllOrNothing: isAllOrNothing, forks: forks, schedule: schedule, shard: shard)
      let runner = Runner(
        recipe: RunStage.file(source),
        RunSetup(
          platforms: [], options: options, person: Nobody(), factory: stage, sink: stage,
          journals: scene.path("journals")))
      let report = try await runner.run()
      return Played(report: report, lines: stage.state.withLock { $0.events.compactMap(line) })
    }
  }

  private static func line(_ event: Event) -> String? {
    switch event {
    case .wave(let number, let count, let hosts): "wave \(number) of \(count): \(hosts.joined(separator: " "))"
    case .run(let run):
      switch run.state {
      case .began: nil
      case .ended(let failure): "\(run.hosts.joined()) \(run.attempt): \(failure?.kindName ?? "done")"
      case .again(let failure, let pause):
        "\(run.hosts.joined()) \(run.attempt): \(failure.kindName), again after \(pause.components.seconds) s"
      }
    default: nil
    }
  }
}
