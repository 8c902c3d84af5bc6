import Diagnosis
import Hosts

extension Run {
  /// The acts to undo on a host, at their present places.
  ///
  /// - Parameter acts: the acts on the host, newest first.
  /// - Throws: ``Failure`` if the login leads to another host or account than the changed one, or if nothing is left of the
  ///   home; ``HostError``.
  func acts(_ acts: [PastAct], of past: PastCommand, on reader: Reader, force: Bool) async throws -> [PastAct] {
    guard !reader.host.isHere, !acts.isEmpty, let was = past.met(reader.host.name) else { return acts }
    let facts = try await reader.facts()
    try check(RecordedHost(facts), against: was, reader.host, acts, of: past, force: force)
    guard let home = MovedHome(was, facts, reader) else { return acts }
    let moved = try await home.acts(acts, force: force)
    if let text = moved.note { note("\(reader.host.name): \(text)", branch: branch) }
    return moved.acts
  }

  private func check(
    _ now: RecordedHost, against was: RecordedHost, _ host: Host, _ acts: [PastAct], of past: PastCommand, force: Bool
  ) throws {
    let changed = ChangedHost(name: host.name, was: was, now: now, stays: acts.filter(\.isLasting).map(\.summary))
    if !was.isSameHost(as: now) {
      guard force, was.isLikeHost(now) else { throw changed.failure(undo: past.id) }
      warn("\(host.name): taken for the changed host because of --force", branch: branch)
    } else if let before = was.key, let key = now.key, key != before {
      note("\(host.name): the host key is \(key) now, and was \(before); the machine is the same", branch: branch)
    }
    // Root reaches the files of every account.
    guard now.user == was.user || host.knownFacts?.isRoot == true else { throw changed.failureOfAccount(undo: past.id) }
  }
}

/// Another host than the one changed by a run.
struct ChangedHost: Sendable {
  /// As on the command line.
  var name: String
  var was: RecordedHost
  var now: RecordedHost
  /// The changes on the other host.
  var stays: [String]

  private static let mostNamed = 5

  func failure(undo id: String) -> Failure {
    let place = was.address.map { ", which had the address \($0)" } ?? ""
    var fix = [
      "let \(name) lead to \(was.name) again\(place): by ~/.ssh/config, the inventory or the name service",
      "then: ssh-recipes undo \(id)",
    ]
    if was.isLikeHost(now) {
      fix.append("if this is the same host with a new host key: ssh-recipes undo \(id) --force")
    }
    return Failure(
      .hostKey, "this is another host than the one that was changed, so nothing was undone here",
      seen: ["changed: \(was.text)", "now:     \(now.text)"] + stayed, fix: fix)
  }

  func failureOfAccount(undo id: String) -> Failure {
    Failure(
      .refused, "the login is \(now.user)'s, and the changes are \(was.user)'s, so nothing was undone here",
      seen: stayed,
      fix: ["log in as \(was.user), such as by `User \(was.user)` in ~/.ssh/config", "then: ssh-recipes undo \(id)"])
  }

  private var stayed: [String] {
    let rest = stays.count - Self.mostNamed
    return stays.prefix(Self.mostNamed).map { "stays:   \($0)" } + (rest > 0 ? ["stays:   \(rest) more"] : [])
  }
}
