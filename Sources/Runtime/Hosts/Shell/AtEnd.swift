/// What a script does however it ends, by itself or by a signal.
///
/// A signal comes seldom alone: a terminal that hangs up sends one to everything in it, and sudo another. The second one ends a shell
/// that is about to carry out its `EXIT` trap for the first, or the `rm` in it, and what should go stays. So each signal's handler
/// does everything itself, and from its first command on neither it nor what it starts hears another.
package enum AtEnd {
  private static let signals = "HUP INT TERM PIPE"

  /// - Parameter commands: what is done, in lines; may be begun twice, and is then done in whole the second time.
  package static func doing(_ commands: String) -> String {
    """
    at_end() {
      trap '' \(signals)
      trap - EXIT
      \(commands)
    }
    trap at_end EXIT
    trap 'at_end; exit 1' \(signals)

    """
  }

  /// Afterwards there is nothing to be done any more.
  package static let nothing = "trap - EXIT \(signals)\n"
}
