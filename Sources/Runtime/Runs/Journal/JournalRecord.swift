import Hosts

/// One line of a journal.
struct JournalLine: Sendable, Hashable {
  /// Seconds since 1970.
  var time: Double
  var record: JournalRecord
}

/// The contents of a journal's line. All that undoing an act needs is there before the act is done.
enum JournalRecord: Sendable, Hashable {
  /// The run's first line.
  case run(recipe: String, hosts: [String])
  /// An act that is about to be done.
  case before(RecordedAct)
  /// The act with this number was done.
  case done(act: Int)
  /// The act with this number was not done.
  case failed(act: Int)
  /// A host is reached at another port from now on; `nil`: at the port that the run began with.
  case moved(host: String, Relocation?)
  /// The run's last line.
  case end(RecordedOutcome)
}
