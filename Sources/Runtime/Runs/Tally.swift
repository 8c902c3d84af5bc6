/// The effects of a run or a command on its hosts, in calls of primitives.
///
/// Counted from journal records alone; see ``ChangeLedger``. The closing line, the exit status, the history, JSON and
/// JUnit take their numbers from here.
package struct Tally: Sendable, Hashable {
  /// Calls with a lasting change; in a plan, calls that would make a change.
  package var changed = 0
  /// Calls whose command failed, was cut off, or took too long after the start, so that the effect is unknown.
  package var perhaps = 0
  /// Calls whose changes were all rolled back.
  package var rolledBack = 0
  package var unchanged = 0
  /// Acts, certain or not, that `undo` can reverse.
  package var undoable = 0
  /// Acts, certain or not, that `undo` cannot reverse, each in a line: `pi@nas: run: apt-get install rsync`.
  package var irrevocable: [String] = []

  package init(changed: Int = 0, perhaps: Int = 0, rolledBack: Int = 0, unchanged: Int = 0) {
    self.changed = changed
    self.perhaps = perhaps
    self.rolledBack = rolledBack
    self.unchanged = unchanged
  }

  /// Whether a host may differ from its state before.
  package var mayHaveChanged: Bool { changed + perhaps > 0 }

  static func += (tally: inout Tally, other: Tally) {
    tally.changed += other.changed
    tally.perhaps += other.perhaps
    tally.rolledBack += other.rolledBack
    tally.unchanged += other.unchanged
    tally.undoable += other.undoable
    tally.irrevocable += other.irrevocable
  }
}
