import Hosts

/// One line of a journal.
struct JournalLine: Sendable, Hashable {
  /// Seconds since 1970.
  var time: Double
  var record: JournalRecord
}

/// The contents of a journal's line. Everything needed to undo an act is recorded before the act.
enum JournalRecord: Sendable, Hashable {
  /// The run's first line.
  case run(recipe: String, hosts: [String], logins: [String: RecordedLogin] = [:])
  /// The host on which the run is about to act for the first time.
  case met(host: String, RecordedHost)
  /// An act about to be done.
  case before(RecordedAct)
  /// The act with this number was done.
  case done(act: Int)
  /// The act with this number was not done.
  case failed(act: Int)
  /// The command of this act ended with a status other than 0; its effects are unknown.
  case exited(act: Int, status: Int32)
  /// A host's new port; `nil` for the port at the start of the run.
  case moved(host: String, Relocation?)
  /// The end of a call that made acts.
  case ended(call: Int, CallEnd)
  /// Paths that a watchdog on the host has restored, during this call.
  case restored(host: String, paths: [String], call: Int?)
  /// The run was undone by a later run, apart from the parts left alone.
  case undone(PastUndo)
  /// After the end of a command with a run for each host, in one of the runs' journals.
  case unfinished(UnfinishedHosts)
  /// The run's last line.
  case end(RecordedOutcome)
}
