import CSpawn
import Foundation
import Synchronization

/// A program started by a test, with a wait that needs no `async`.
///
/// Foundation's `Process` crashed when many tests started programs at once, and passes the caller's signal mask on: a
/// shell that starts with SIGCHLD blocked waits forever. `posix_spawn` starts the child with no signal blocked, and
/// with only the three standard descriptors.
public final class ChildProcess: Sendable {
  public enum Stream: Sendable {
    case null
    /// Read from, or made anew and written to.
    case file(String)
    case descriptor(Int32)
  }

  /// `program` could not be started; `code` is an errno.
  public struct SpawnError: Error, CustomStringConvertible {
    public let program: String
    public let code: Int32
    public var description: String { "\(program): \(String(cString: strerror(code)))" }
  }

  public let identifier: pid_t
  private let ended = Mutex<Int32?>(nil)

  /// - Parameters:
  ///   - program: the path of the program.
  ///   - environment: the environment; this process's own if `nil`.
  ///   - folder: the working directory; this process's own if `nil`.
  /// - Throws: ``SpawnError``.
  public init(
    _ program: String, _ arguments: [String] = [], environment: [String: String]? = nil, folder: String? = nil,
    input: Stream = .null, output: Stream = .descriptor(1), errors: Stream = .descriptor(2)
  ) throws {
    let words = ([program] + arguments).map { strdup($0) } + [nil]
    let variables = (environment ?? ProcessInfo.processInfo.environment).map { strdup("\($0)=\($1)") } + [nil]
    defer { for text in words + variables { free(text) } }
    #if canImport(Darwin)
      var actions: posix_spawn_file_actions_t?
      var attributes: posix_spawnattr_t?
      let flags = POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_CLOEXEC_DEFAULT
    #else
      var actions = posix_spawn_file_actions_t()
      var attributes = posix_spawnattr_t()
      let flags = POSIX_SPAWN_SETSIGMASK
    #endif
    posix_spawn_file_actions_init(&actions)
    posix_spawnattr_init(&attributes)
    defer {
      posix_spawn_file_actions_destroy(&actions)
      posix_spawnattr_destroy(&attributes)
    }
    var noSignals = sigset_t()
    sigemptyset(&noSignals)
    posix_spawnattr_setsigmask(&attributes, &noSignals)
    posix_spawnattr_setflags(&attributes, Int16(flags))
    if let folder { spawn_in_folder(&actions, folder) }
    for (number, stream) in [input, output, errors].enumerated() {
      let number = Int32(number)
      let mode = number == 0 ? O_RDONLY : O_WRONLY | O_CREAT | O_TRUNC
      switch stream {
      case .null: posix_spawn_file_actions_addopen(&actions, number, "/dev/null", O_RDWR, 0)
      case .file(let path): posix_spawn_file_actions_addopen(&actions, number, path, mode, 0o600)
      case .descriptor(let descriptor): posix_spawn_file_actions_adddup2(&actions, descriptor, number)
      }
    }
    spawn_closing_from(&actions, 3)
    var child: pid_t = 0
    let code = posix_spawn(&child, program, &actions, &attributes, words, variables)
    guard code == 0 else { throw SpawnError(program: program, code: code) }
    identifier = child
  }

  public var isRunning: Bool { status(WNOHANG) == nil }

  /// Waits for the end.
  ///
  /// - Returns: the exit status, or 128 and the number of the signal that ended the program.
  @discardableResult
  public func wait() -> Int32 { status(0) ?? -1 }

  private func status(_ options: Int32) -> Int32? {
    ended.withLock { ended in
      if let ended { return ended }
      var word: Int32 = 0
      var result: pid_t
      repeat { result = waitpid(identifier, &word, options) } while result == -1 && errno == EINTR
      guard result == identifier else { return nil }
      let signal = word & 0x7f
      ended = signal == 0 ? (word >> 8) & 0xff : 128 + signal
      return ended
    }
  }
}

extension ChildProcess {
  public struct Outcome: Sendable {
    public var status: Int32
    public var output: [UInt8]
    public var errors: String
  }

  /// Runs a program to the end. The output goes to files: a full pipe without a reader would stop the program.
  ///
  /// - Throws: ``SpawnError``, or the error of a file.
  public static func run(
    _ program: String, _ arguments: [String] = [], environment: [String: String]? = nil, folder: String? = nil,
    input: Stream = .null
  ) throws -> Outcome {
    let scratch = FileManager.default.temporaryDirectory.appending(path: "child-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: scratch, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: scratch) }
    let output = scratch.appending(path: "output")
    let errors = scratch.appending(path: "errors")
    let status = try ChildProcess(
      program, arguments, environment: environment, folder: folder, input: input, output: .file(output.path),
      errors: .file(errors.path)
    ).wait()
    return Outcome(
      status: status, output: Array(try Data(contentsOf: output)),
      errors: String(decoding: try Data(contentsOf: errors), as: UTF8.self))
  }
}
