import Synchronization

/// The host keys of this process's logins, by server.
///
/// A user who keeps no `known_hosts` (`UserKnownHostsFile /dev/null`) has accepted the key for the whole run: further
/// logins to the same server need no second answer, and the logins of a proof cannot ask at all.
package final class AcceptedHostKeys: Sendable {
  private let fingerprints = Mutex<[ConnectionLedger.Place: Set<String>]>([:])

  package init() {}

  func remember(_ fingerprint: String, at place: ConnectionLedger.Place) {
    fingerprints.withLock { _ = $0[place, default: []].insert(fingerprint) }
  }

  func contains(_ fingerprint: String, at place: ConnectionLedger.Place) -> Bool {
    fingerprints.withLock { $0[place]?.contains(fingerprint) ?? false }
  }

  /// Takes over the keys of a place for another address or port of the same server.
  package func adopt(_ target: Target, from other: Target) {
    let (place, old) = (ConnectionLedger.Place(target), ConnectionLedger.Place(other))
    guard place != old else { return }
    fingerprints.withLock { all in
      for key in all[old] ?? [] { all[place, default: []].insert(key) }
    }
  }

  func isEmpty(at place: ConnectionLedger.Place) -> Bool {
    fingerprints.withLock { $0[place]?.isEmpty ?? true }
  }
}

/// Accepts host keys met by earlier logins of this process, and asks about others.
struct RememberingHostKeys: HostKeyDecider {
  let known: AcceptedHostKeys
  let place: ConnectionLedger.Place
  let other: any HostKeyDecider

  func accept(target: String, keyType: String, fingerprint: String) async -> Bool {
    if known.contains(fingerprint, at: place) { return true }
    return await other.accept(target: target, keyType: keyType, fingerprint: fingerprint)
  }
}
