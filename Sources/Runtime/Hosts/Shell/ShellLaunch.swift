import Formats
import Scripts
import Subprocess

/// How to start a shell process: `sh` itself, or an `ssh` that runs a shell.
struct ShellLaunch: Sendable {
  var executable: Executable
  var arguments: [String]
  /// Changes to the inherited environment; `nil` removes a variable.
  var environment: [Environment.Key: String?] = [:]
  var streams: FrameRequest.Streams = .separate
  /// Whether the last argument is `exec sh`, and may hold the first script too.
  var takesFirstScript = false
  /// Whether the user may be asked before the first script, whose time then counts from the first frame.
  var isLogin = false

  /// Whether the scripts use the account's home. A home set by the launch stays.
  var needsHome = true

  /// The text in front of the first script.
  var prologue: String {
    ShellScripts.prologue + (needsHome && environment["HOME"] == nil ? ShellScripts.accountHome : "")
  }

  /// The `sh` of this computer.
  static var local: ShellLaunch { ShellLaunch(executable: LocalPrograms.find("sh"), arguments: []) }

  /// Puts the first script into the last argument. Another shell takes the later scripts, in the environment
  /// that the prologue has set.
  ///
  /// - Returns: `false` if the script must be sent to the shell's input.
  mutating func take(_ text: [UInt8]) -> Bool {
    guard takesFirstScript, text.count <= Self.longestCommand, !arguments.isEmpty else { return false }
    let lines = text + Array("exec sh\n".utf8)
    arguments[arguments.count - 1] = "exec sh -c " + ShellQuoting.word(String(decoding: lines, as: UTF8.self))
    return true
  }

  /// In bytes. Linux allows 128 KiB for an argument; quoting may add some.
  private static let longestCommand = 64 << 10

  /// Limits the size of files that the process writes, since a server may have ssh's log grow without end.
  ///
  /// - Parameter bytes: ssh also writes `known_hosts`, which must stay below.
  mutating func limitFiles(to bytes: Int) {
    arguments = ["-c", ShellScripts.runLimited, "sh", String(bytes / 512), executable.description] + arguments
    executable = LocalPrograms.find("sh")
  }

  /// The process has a separate session, out of reach of the terminal's Ctrl-C, so that the program can end the shell
  /// in order.
  var configuration: Configuration {
    var options = PlatformOptions()
    options.createSession = true
    options.teardownSequence = [
      // Time for the shell's EXIT trap, which removes the lock.
      .send(signal: .terminate, allowedDurationToNextStep: .seconds(3))
    ]
    return Configuration(
      executable: executable, arguments: Arguments(arguments),
      environment: .inherit.updating(environment), platformOptions: options)
  }
}

/// The end of a shell process, for the owner to interpret.
struct ShellEnd: Sendable {
  /// ``Subprocess/TerminationStatus/shellStatus``; `nil` for a process that could not be started.
  var status: Int32?
  var hadBegun: Bool
  /// The last text outside frames: a message from nologin, a message of the day.
  var noise: String
  /// The reason why the process could not be started.
  var startFailure: String?
}

extension TerminationStatus {
  /// The exit status, or 128 + n for signal n, as in a shell's `$?`.
  var shellStatus: Int32 {
    switch self {
    case .exited(let status): status
    case .signaled(let signal): 128 + signal
    }
  }
}
