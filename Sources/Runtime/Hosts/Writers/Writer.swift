import Values

/// What a primitive changes a host with, once it has decided to. Which writer it was given (apply, plan, record) it
/// cannot tell.
package protocol Writer: Sendable {
  /// Does one act and looks again whether it is done.
  ///
  /// - Returns: what a command printed; empty for other acts.
  /// - Throws: ``WriteError``, ``HostError``; ``DecidedAtRunTime`` never: see ``answer(_:)``.
  @discardableResult
  func perform(_ act: Act) async throws -> Output

  /// Does a command whose output the primitive needs to go on.
  ///
  /// - Throws: ``DecidedAtRunTime`` in a plan, which then goes on with the primitive's planned result.
  func answer(_ act: Act) async throws -> Output

  /// Whether acts happen only in memory, so that nothing can be tried out on the host.
  var isPlan: Bool { get }

  /// The writer for those who have a watchdog armed and a proof made themselves.
  var unguarded: any Writer { get }
}

/// In a plan: what comes next depends on an answer that only a run will give.
package struct DecidedAtRunTime: Error, Sendable, Hashable {
  package init() {}
}

/// An act that was not done. The host is as it was before that act.
package enum WriteError: Error, Sendable, Hashable {
  /// The file is not as it was when the change was decided: somebody else works on it.
  case changedMeanwhile(path: String)
  case failed(act: Act, status: Int32, stderr: String)
  /// The act reported success, but looking again showed something else.
  case notAsWanted(path: String, wanted: String, seen: String)
}

extension Writer {
  package var isPlan: Bool { false }
  package var unguarded: any Writer { self }

  package func replaceFile(
    _ path: String, contents: [UInt8], mode: FileMode = FileMode(bits: 0o644), expecting: [UInt8]?,
    as account: Account = .login
  ) async throws {
    try await perform(
      Act(.replaceFile(path: path, contents: contents, mode: mode, expecting: expecting), as: account))
  }

  package func setMode(_ path: String, _ mode: FileMode, as account: Account = .login) async throws {
    try await perform(Act(.setMode(path: path, mode: mode), as: account))
  }

  package func makeDirectory(_ path: String, mode: FileMode, as account: Account = .login) async throws {
    try await perform(Act(.makeDirectory(path: path, mode: mode), as: account))
  }

  package func remove(_ path: String, as account: Account = .login) async throws {
    try await perform(Act(.remove(path: path), as: account))
  }
}
