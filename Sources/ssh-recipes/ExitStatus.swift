import Runs

/// The exit statuses, all in one place; the manual page lists them from here.
enum ExitStatus: Int32, CaseIterable {
  case done = 0
  case failed = 1
  case pending = 2
  case rolledBack = 3
  case unknown = 4
  case notAgreed = 5
  case altered = 6
  /// `EX_USAGE` of sysexits.h, which ArgumentParser uses as well.
  case usage = 64
  /// 128 + `SIGINT`, as shells report it.
  case cancelled = 130

  init(_ outcome: Report.Outcome) {
    switch outcome {
    case .applied, .unchanged: self = .done
    case .pending: self = .pending
    case .failed: self = .failed
    case .rolledBack: self = .rolledBack
    case .unknown: self = .unknown
    case .cancelled: self = .cancelled
    }
  }

  var meaning: String {
    switch self {
    case .done: "All is as wanted: something was changed and proved, or nothing had to be."
    case .failed: "Something failed; the message says what, why, and what to do."
    case .pending: "A plan found something to change. Nothing was changed."
    case .rolledBack: "A change did not work out; it was taken back, and the host was seen to be as before."
    case .unknown: "It is not known in which state a host is; the message says what to look at."
    case .notAgreed:
      "Somebody has to agree first: to an update, or to what a recipe of somebody else may do. Nothing was done."
    case .altered:
      "A repository of recipes is not what was pinned, or cannot be trusted. Nothing of it was loaded."
    case .usage: "The command line or the recipe cannot be understood. No host was contacted."
    case .cancelled: "Ctrl-C, or another signal, ended it; every host is as before or as after a whole step."
    }
  }
}
