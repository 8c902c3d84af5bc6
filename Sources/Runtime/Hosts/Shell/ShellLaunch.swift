import Subprocess

/// How a shell process is started: `sh` itself, or an `ssh` that brings one.
struct ShellLaunch: Sendable {
  var executable: Executable
  var arguments: [String]
  /// Added to our own environment; `nil` removes a variable.
  var environment: [Environment.Key: String?] = [:]
  var streams: FrameRequest.Streams = .separate
  /// Before the first script begins, a person may be asked: its time counts from its first frame.
  var isLogin = false

  /// The `sh` of this computer.
  static let local = ShellLaunch(executable: .name("sh"), arguments: [])

  /// A session of its own keeps the terminal's Ctrl-C away from the process: it is ended in order, by us.
  var configuration: Configuration {
    var options = PlatformOptions()
    options.createSession = true
    options.teardownSequence = [
      // Time for the shell's own end, which removes its lock.
      .send(signal: .terminate, allowedDurationToNextStep: .seconds(3))
    ]
    return Configuration(
      executable: executable, arguments: Arguments(arguments),
      environment: .inherit.updating(environment), platformOptions: options)
  }
}

/// How a shell process ended, for whoever knows what it means.
struct ShellEnd: Sendable {
  /// The exit status, 128 + n for signal n; `nil` when it could not be started.
  var status: Int32?
  /// Whether any script had begun.
  var hadBegun: Bool
  /// The last that it printed outside frames: a nologin shell's sentence, a message of the day.
  var noise: String
  /// Why it could not be started.
  var startFailure: String?
}
