import Scripts
import Subprocess
import Synchronization
import SystemPackage

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif
#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// The system's `git`, so that keys, agents, proxies and private hosts work as usual, limited to commands that move and
/// read objects. The contents of a repository are never executed: there is no work tree, so no filters and no
/// attributes, and there are no hooks, no submodules and no remote helpers.
package struct Git: Sendable {
  /// Receives git's messages about a transfer, line by line.
  package typealias Progress = @Sendable (String) -> Void

  let environment: [String: String]
  /// The largest file of a fetch, in bytes; the whole transfer arrives as one pack.
  let largestFile: Int
  /// How long a fetch may stay silent before it is stopped.
  let timeout: Duration

  package static let standardLargestFile = 512 << 20
  /// More than sshd allows for typing a passphrase or finding a hardware key (`LoginGraceTime`, 120 s).
  package static let standardTimeout = Duration.seconds(180)

  /// - Parameter environment: the caller's; variables that redirect git or make it run a program are dropped.
  package init(
    environment: [String: String] = ProcessInfo.processInfo.environment, largestFile: Int = standardLargestFile,
    timeout: Duration = standardTimeout
  ) {
    self.environment = Self.environment(from: environment)
    self.largestFile = largestFile
    self.timeout = timeout
  }

  /// Runs `git ARGUMENTS`.
  ///
  /// - Parameters:
  ///   - folder: the bare repository.
  ///   - input: git's standard input; empty if `nil`.
  ///   - isFile: whether git may use its `file` protocol, for a path given by the user.
  /// - Returns: git's standard output.
  /// - Throws: ``GitError``.
  func run(
    _ arguments: [String], in folder: String, input: [UInt8]? = nil, allowingFiles isFile: Bool = false,
    limit: Int = 64 << 20, progress: Progress? = nil
  ) async throws(GitError) -> [UInt8] {
    let listener = GitListener(progress)
    let command =
      ["-c", ShellScripts.runGit, "git", String(largestFile / 512)]
      + Self.settings(allowingFiles: isFile)
      + ["--git-dir=\(folder)"] + arguments
    let configuration = Configuration(
      executable: .path("/bin/sh"), arguments: Arguments(command),
      environment: .custom(
        Dictionary(uniqueKeysWithValues: environment.map { (Environment.Key(stringLiteral: $0.key), $0.value) })))
    let outcome: (bytes: [UInt8], status: TerminationStatus)
    do {
      let file = try Self.inputFile(input)
      let result = try await Subprocess.run(
        configuration, input: .fileDescriptor(file, closeAfterSpawningProcess: true), output: .bytes(limit: limit),
        error: .sequence
      ) { execution in
        let watch = arguments.first == "fetch" ? Self.watch(execution.processIdentifier.value, listener, timeout) : nil
        defer { watch?.cancel() }
        for try await part in execution.standardError {
          part.withUnsafeBytes { listener.take($0) }
        }
      }
      outcome = (result.standardOutput, result.terminationStatus)
    } catch {
      if Task.isCancelled { throw .cancelled }
      if let error = error as? SubprocessError, error.code == .outputLimitExceeded {
        throw .tooMuch(command: arguments.first ?? "")
      }
      throw .notStarted("\(error)")
    }
    if Task.isCancelled { throw .cancelled }
    if listener.isGivenUp { throw .silent(command: arguments.first ?? "", seconds: Int(timeout.components.seconds)) }
    switch outcome.status {
    case .exited(0): return outcome.bytes
    case .exited(127): throw .notInstalled
    case .exited(let status): throw .failed(command: arguments.first ?? "", status: status, lines: listener.finish())
    case .signaled(let signal):
      throw .failed(command: arguments.first ?? "", status: 128 + signal, lines: listener.finish())
    }
  }

  /// Stops git after too long a silence: a server may accept a connection and never answer.
  private static func watch(
    _ process: pid_t, _ listener: GitListener, _ timeout: Duration
  ) -> Task<Void, any Error> {
    Task {
      while true {
        let rest = timeout - listener.silence
        guard rest > .zero else { break }
        try await Task.sleep(for: rest)
      }
      listener.giveUp()
      kill(process, SIGTERM)
    }
  }

  /// A file already removed from its folder. Not a pipe, since Subprocess 1.0.2 stops the whole program when a process
  /// ends before reading its input.
  private static func inputFile(_ bytes: [UInt8]?) throws -> FileDescriptor {
    guard let bytes else { return try .open("/dev/null", .readOnly, options: .closeOnExec) }
    let path = FileManager.default.temporaryDirectory.appendingPathComponent("ssh-recipes-\(UUID().uuidString)").path
    let file = try FileDescriptor.open(
      FilePath(path), .readWrite, options: [.create, .exclusiveCreate, .closeOnExec], permissions: .ownerReadWrite)
    do {
      try FileManager.default.removeItem(atPath: path)
      try file.writeAll(bytes)
      try file.seek(offset: 0, from: .start)
      return file
    } catch {
      try? file.close()
      throw error
    }
  }
}
