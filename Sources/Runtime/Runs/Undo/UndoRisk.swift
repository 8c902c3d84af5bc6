import Hosts
import LoginSafety

/// The effect of undone acts on logins, on one host.
struct UndoRisk: Sendable {
  private let reader: Reader
  /// The undone files that belong to sshd's configuration, either now or at the time of their change.
  let config: [String]
  /// Whether sshd has reloaded the configuration since this undo logged in. Then the login is no proof any more.
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

  /// Whether the acts need a new login as a proof.
  ///
  /// An undo may remove the key of its own login, since such a key is often the reason for the undo. But another way in
  /// must remain.
  ///
  /// - Parameter isGuarded: whether a running watchdog would restore these changes together with earlier changes.
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
