import Hosts
import LoginSafety

/// What undoing acts means for logins, on one host.
struct UndoRisk: Sendable {
  private let reader: Reader
  /// Files of sshd's configuration among them: sshd includes them now, or did when they were changed.
  let config: [String]
  /// Whether sshd has read another configuration since this undo logged in. How it logged in tells nothing any more then.
  var isLoginOld = false

  /// - Throws: ``HostError``.
  init(of acts: [PastAct], _ reader: Reader) async throws {
    self.reader = reader
    guard !reader.host.isHere else {
      config = []
      return
    }
    let facts = try await reader.facts()
    let way = try await KeyLocations.known(to: reader)
    config = Set(
      acts.compactMap(\.recorded.file).filter(\.touchesContents).compactMap { file in
        let isConfig = file.isConfig || LoginFiles.isConfig(facts.plainPath(file.path), facts, way)
        return isConfig ? file.path : nil
      }
    ).sorted()
  }

  func isConfig(_ act: RecordedAct) -> Bool {
    act.file.map { $0.touchesContents && config.contains($0.path) } == true
  }

  /// Whether only a login can tell that people still get in after these acts.
  ///
  /// A key may go here that the login came in by: that is what an undo is for. But another way must be left.
  ///
  /// - Parameter isGuarded: whether a watchdog is at work, which would restore these together with what came before.
  func needProof(_ acts: [Act], isGuarded: Bool) async throws -> Bool {
    guard !reader.host.isHere else { return false }
    for act in acts {
      switch try await LoginRisk(of: act, reader) {
      case .open, .lockout: return true
      case .none, .config:
        if isLoginOld || isGuarded, let path = act.path, try await concerns(path) { return true }
      }
    }
    return false
  }

  /// Whether logins may depend on a path at all.
  func concerns(_ path: String) async throws -> Bool {
    let facts = try await reader.facts()
    let way = try await KeyLocations.known(to: reader)
    let path = facts.plainPath(path)
    if LoginFiles.contains(path, facts, way) { return true }
    return way.keysPaths.contains { PathNames.isOnTheWay(path, to: facts.plainPath($0)) }
  }
}
