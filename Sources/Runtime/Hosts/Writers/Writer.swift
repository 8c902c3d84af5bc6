import Values

/// A primitive's means to change a host. All writers (apply, plan, record) look the same to the primitive.
public protocol Writer: Sendable {
  /// Does one act and verifies the result.
  ///
  /// - Returns: a command's output; empty for other acts.
  /// - Throws: ``WriteError``, ``HostError``, but never ``DecidedAtRunTime``: see ``answer(_:)``.
  @discardableResult
  func perform(_ act: Act) async throws -> Output

  /// Runs a command whose output the primitive needs to go on.
  ///
  /// - Throws: ``DecidedAtRunTime`` in a plan, which then goes on with the primitive's planned result.
  func answer(_ act: Act) async throws -> Output

  /// Whether acts happen only in memory, so that nothing can be tried out on the host.
  var isPlan: Bool { get }
}

/// In a plan: the next step depends on an answer that only a real run can give.
package struct DecidedAtRunTime: Error, Sendable, Hashable {
  package init() {}
}

/// An act that was not done. The host is in the same state as before.
package enum WriteError: Error, Sendable, Hashable {
  /// The file has changed since the decision: another program or user has written to it.
  case changedMeanwhile(path: String)
  /// The path is a symbolic link, which a replaced file would destroy.
  case isLink(path: String)
  case failed(act: Act, status: Int32, stderr: String)
  /// The act reported success, but the file is not as intended.
  case notAsWanted(path: String, wanted: String, seen: String)
  /// The new contents have not arrived whole, so the act was not begun.
  case notReceived(path: String, why: String)
}

extension Writer {
  public var isPlan: Bool { false }

  public func replaceFile(
    _ path: String, contents: [UInt8], mode: FileMode = FileMode(bits: 0o644), expecting: [UInt8]?,
    as account: Account = .login
  ) async throws {
    try await perform(
      Act(.replaceFile(path: path, contents: contents, mode: mode, expecting: expecting), as: account))
  }

  public func setMode(_ path: String, _ mode: FileMode, as account: Account = .login) async throws {
    try await perform(Act(.setMode(path: path, mode: mode), as: account))
  }

  public func makeDirectory(_ path: String, mode: FileMode, as account: Account = .login) async throws {
    try await perform(Act(.makeDirectory(path: path, mode: mode), as: account))
  }

  public func remove(_ path: String, as account: Account = .login) async throws {
    try await perform(Act(.remove(path: path), as: account))
  }
}
