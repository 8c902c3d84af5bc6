import Diagnosis

/// How a run ended, as its journal has it.
package enum RecordedOutcome: Sendable, Hashable, CustomStringConvertible {
  case done
  /// With `--all-or-nothing`: not all hosts came to their end, so the run's changes were undone.
  case undone
  /// `kind`: see ``Failure/kindName``.
  case failed(kind: String)

  init(_ failure: Failure?) {
    guard let failure else {
      self = .done
      return
    }
    // A recipe may give its failure any kind, and none may look like a good end.
    let isPlain = if case .failed = RecordedOutcome(text: failure.kindName) { true } else { false }
    self = .failed(kind: isPlain ? failure.kindName : failure.kind.rawValue)
  }

  /// - Parameter text: a journal's `outcome`.
  init(text: String) {
    self =
      switch text {
      case "done": .done
      case "taken back": .undone
      default: .failed(kind: text)
      }
  }

  /// As a journal has it, where `undone` has its name from an earlier version.
  var text: String {
    switch self {
    case .done: "done"
    case .undone: "taken back"
    case .failed(let kind): kind
    }
  }

  /// As `history` shows it.
  package var description: String { self == .undone ? "undone" : text }
}
