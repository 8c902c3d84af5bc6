import Runs

/// The exit statuses. The manual page lists them with their meanings.
enum ExitStatus: Int32, CaseIterable {
  case done = 0
  case failed = 1
  case pending = 2
  case rolledBack = 3
  case unknown = 4
  case notAgreed = 5
  case altered = 6
  case rescued = 7
  /// `EX_USAGE` of sysexits.h, which ArgumentParser uses as well.
  case usage = 64
  /// `EX_SOFTWARE`, with which the runtime's Lua watchdog ends the process.
  case hung = 70
  /// 128 + `SIGINT`, as shells report it.
  case cancelled = 130

  init(_ outcome: Report.Outcome) {
    switch outcome {
    case .applied, .unchanged: self = .done
    case .pending: self = .pending
    case .failed: self = .failed
    case .rolledBack: self = .rolledBack
    case .rescued: self = .rescued
    case .unknown: self = .unknown
    case .cancelled: self = .cancelled
    }
  }

  var meaning: String {
    switch self {
    case .done: "Success: all changes were made and proved, or no change was needed."
    case .failed: "Something failed; the message gives the cause and a fix."
    case .pending: "A plan found something to change. Nothing was changed."
    case .rolledBack: "A change failed and was rolled back, and logins work as before. Earlier changes of the run stay."
    case .unknown: "A host's state is unknown; the message says what to check."
    case .notAgreed: "An update or a third-party recipe needs your consent first. Nothing was done."
    case .altered:
      "A repository of recipes differs from what was pinned, or cannot be trusted. Nothing from it was loaded."
    case .rescued: "A change was rolled back, and a rescue sshd answers; the message says how to end it."
    case .usage: "The command line or the recipe is invalid. No host was contacted."
    case .hung: "A recipe hung inside a Lua function, so the program ended itself; hosts roll back unproved changes."
    case .cancelled: "Ended by Ctrl-C or another signal; no host is left in the middle of a step."
    }
  }
}
