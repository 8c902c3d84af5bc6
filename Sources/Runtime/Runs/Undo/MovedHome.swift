import Diagnosis
import Hosts

/// The home of the login's account, at another place than at the time of a run.
struct MovedHome: Sendable {
  private let was: RecordedHost
  private let facts: Facts
  private let reader: Reader

  /// - Returns: `nil` if the home has not moved, or is another account's.
  init?(_ was: RecordedHost, _ facts: Facts, _ reader: Reader) {
    let places = [was.physicalHome, facts.physicalHome]
    let hasMoved = was.home != facts.home || !places.contains("") && places[0] != places[1]
    guard hasMoved, was.user == facts.user else { return nil }
    (self.was, self.facts, self.reader) = (was, facts, reader)
  }

  /// The place of the home at the time of the run.
  private var old: String { was.physicalHome.isEmpty ? was.home : was.physicalHome }

  private var sentence: String {
    let isSameName = was.home == facts.home
    return isSameName
      ? "the home \(was.home) is in \(facts.physicalHome) now, and was in \(old)"
      : "the home is \(facts.home) now, and was \(was.home)"
  }

  /// The acts below the home, where the home's files are now: at the old place or, if they were moved, at the new one; at
  /// both if they were copied.
  ///
  /// - Parameters:
  ///   - acts: newest first.
  ///   - force: whether to go on even if none of the files is left.
  /// - Returns: all acts, and a sentence for the user if some are below the home.
  /// - Throws: ``Failure`` if the old home belongs to another account, or none of the files is left; ``HostError``.
  func acts(_ acts: [PastAct], force: Bool) async throws -> (acts: [PastAct], note: String?) {
    let below = acts.filter { $0.isLasting && $0.paths.contains { moved($0, to: "") != $0 } }
    guard !below.isEmpty else { return (acts, nil) }
    guard let status = try await reader.state(of: old).status, status.kind != .file else {
      let there = acts.map { $0.moved { moved($0, to: facts.home) } }
      if try await !isSomethingLeft(of: below), !force { throw nothingLeft }
      return (there, "\(sentence); the changes are looked for there")
    }
    guard facts.isRoot || status.userID == facts.userID else {
      throw Failure(
        .denied, "\(sentence); \(old) belongs to another account, so nothing was undone",
        fix: ["undo the changes in \(old) by hand, as root"], paths: [old])
    }
    let copies = try await copies(of: below)
    let places = acts.flatMap { [$0.moved { moved($0, to: old) }] + (copies[$0.id].map { [$0] } ?? []) }
    return (places, "\(sentence); the changes are looked for in \(copies.isEmpty ? old : "both")")
  }

  private var nothingLeft: Failure {
    Failure(
      .absent, "\(sentence); neither place has what the run made, so nothing was undone",
      fix: [
        "if the old home was moved elsewhere, undo the changes there by hand",
        "if the old home was removed, count the run as undone: add --force",
      ])
  }

  /// The files at the new place with the contents that the run gave them, by the IDs of the acts.
  private func copies(of acts: [PastAct]) async throws -> [String: PastAct] {
    guard was.physicalHome != facts.physicalHome else { return [:] }
    var copies: [String: PastAct] = [:]
    for act in acts {
      let copy = act.moved { moved($0, to: facts.home) }
      guard let file = copy.recorded.file, file.touchesContents, let after = file.after else { continue }
      let contents = try await reader.state(of: file.path, as: act.account).contents
      if contents.map(Checksum.text(of:)) == after { copies[act.id] = copy }
    }
    return copies
  }

  /// Whether one of the paths is at the new place; true, too, if the run has only removed files.
  private func isSomethingLeft(of acts: [PastAct]) async throws -> Bool {
    let made = acts.filter { $0.recorded.file?.kind != .remove && $0.recorded.undo == nil }
    for act in made {
      for path in act.paths {
        let state = try await reader.state(of: moved(path, to: facts.home), as: act.account)
        if state.status != nil { return true }
      }
    }
    return made.isEmpty
  }

  private func moved(_ path: String, to place: String) -> String {
    for home in [was.home, was.physicalHome] where home.count > 1 {
      if path == home { return place }
      if path.hasPrefix(home + "/") { return place + path.dropFirst(home.count) }
    }
    return path
  }
}

extension PastAct {
  fileprivate var paths: [String] { recorded.file.map { [$0.path] } ?? recorded.creates }

  /// The act at other paths.
  fileprivate func moved(_ place: (String) -> String) -> PastAct {
    var act = self
    switch recorded.subject {
    case .file(var file):
      act.recorded.summary = recorded.summary.replacing(file.path, with: place(file.path))
      file.path = place(file.path)
      act.recorded.subject = .file(file)
    case .command(let creates): act.recorded.subject = .command(creates: creates.map(place))
    }
    return act
  }
}
