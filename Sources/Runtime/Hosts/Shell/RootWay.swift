/// A way to become root: the program, and how to call it.
struct RootWay: Sendable, Hashable {
  enum Tool: String, Sendable {
    case sudo, doas, su
  }

  /// How sudo is called.
  enum SudoCall: String, Sendable {
    /// With all options.
    case full
    /// With `-u` alone: a shim over doas, or a wrapper, has no other option.
    case plain
    /// Not at all; another installed tool is used.
    case none
  }

  /// Without a terminal: sudo, unless ``sudoCall`` leaves it out.
  var tool = Tool.sudo
  var onTerminal = false
  var sudoCall = SudoCall.full
}
