import Formats

/// A setting of ssh_config(5) that can keep a session from a user whose login the server accepts, and the value with
/// which it does not.
package struct SessionBlocker: Sendable, Hashable {
  var option: ClientOption
  /// The effect, where the setting alone tells it.
  var effect: String?

  private init(_ keyword: String, _ value: String, _ effect: String? = nil) {
    option = ClientOption(keyword, value)
    self.effect = effect
  }

  /// The settings that take away the shell of `ssh HOST`, whatever the server does.
  ///
  /// ssh with such a setting would wait for ever, or stay in the background.
  static func known(in config: ClientConfig) -> [SessionBlocker] {
    var found: [SessionBlocker] = []
    if let type = config.written("SessionType"), type.lowercased() != "default" {
      found.append(SessionBlocker("SessionType", "default", "so ssh opens no shell"))
    }
    if config.isOn("ForkAfterAuthentication"), config.ownCommand == nil {
      found.append(SessionBlocker("ForkAfterAuthentication", "no", "so ssh opens no shell"))
    }
    if config.isOn("StdinNull") { found.append(SessionBlocker("StdinNull", "no", "so a shell ends at once")) }
    return found.filter { config.line(of: $0.option.keyword) != nil }
  }

  /// The settings that are overridden in our own sessions and may end the user's, as far as their configuration has them.
  static func possible(in config: ClientConfig) -> [SessionBlocker] {
    [
      SessionBlocker("ControlPath", "none"), SessionBlocker("ControlMaster", "no"),
      SessionBlocker("RequestTTY", "auto"),
      SessionBlocker("ConnectTimeout", "15"), SessionBlocker("ServerAliveInterval", "15"),
      SessionBlocker("ServerAliveCountMax", "3"), SessionBlocker("ChannelTimeout", "none"),
      SessionBlocker("LogVerbose", "none"), SessionBlocker("VisualHostKey", "no"),
    ].filter { config.line(of: $0.option.keyword) != nil }
  }

  /// All of these options, for ``ClientConfig`` edits with the user's consent: none of them runs anything.
  package static let remedies: [ClientOption] = [
    ClientOption("SessionType", "default"), ClientOption("ForkAfterAuthentication", "no"),
    ClientOption("StdinNull", "no"), ClientOption("ControlPath", "none"),
    ClientOption("ControlMaster", "no"), ClientOption("RequestTTY", "auto"), ClientOption("ConnectTimeout", "15"),
    ClientOption("ServerAliveInterval", "15"), ClientOption("ServerAliveCountMax", "3"),
    ClientOption("ChannelTimeout", "none"), ClientOption("LogVerbose", "none"), ClientOption("VisualHostKey", "no"),
  ]
}

extension ClientConfig {
  /// The line with the command that the user wants `ssh HOST` to run, such as `tmux new -A`.
  var ownCommand: String? { self["RemoteCommand"].flatMap { $0 == "none" ? nil : line(of: "RemoteCommand") } }

  /// Whether a flag is on. ssh prints `yes` or `true`, depending on the option.
  fileprivate func isOn(_ keyword: String) -> Bool {
    ["yes", "true"].contains((written(keyword) ?? self[keyword] ?? "").lowercased())
  }

  /// The value in the file: with some values, `ssh -G` does not start.
  fileprivate func written(_ keyword: String) -> String? { places[keyword.lowercased()]?.words.last }
}
