import Diagnosis

/// A run's outcome in its journal.
package enum RecordedOutcome: Sendable, Hashable, CustomStringConvertible {
  case done
  /// With `--all-or-nothing`: the run failed on a host, so all changes were undone.
  case undone
  /// An undo that left some acts alone, because the host was changed since.
  case partlyDone
  /// `kind`: see ``Failure/kindName``.
  case failed(kind: String)

  init(_ failure: Failure?) {
    guard let failure else {
      self = .done
      return
    }
    // The worst of several counts.
    if let worst = [Failure.Kind.unknown, .rescued, .rolledBack].first(where: failure.kinds.contains) {
      self = .failed(kind: worst.rawValue)
      return
    }
    // A recipe may choose any kind for its failure, but none may look like success.
    let isPlain = if case .failed = RecordedOutcome(text: failure.kindName) { true } else { false }
    self = .failed(kind: isPlain ? failure.kindName : failure.kind.rawValue)
  }

  /// - Parameter text: a journal's `outcome`.
  init(text: String) {
    self =
      switch text {
      case "done": .done
      case "taken back": .undone
      case "done in part": .partlyDone
      default: .failed(kind: text)
      }
  }

  /// The outcome's name in a journal; the name of `undone` comes from an earlier version.
  var text: String {
    switch self {
    case .done: "done"
    case .undone: "taken back"
    case .partlyDone: "done in part"
    case .failed(let kind): kind
    }
  }

  /// The outcome's name in `history`.
  package var description: String { self == .undone ? "undone" : text }
}
