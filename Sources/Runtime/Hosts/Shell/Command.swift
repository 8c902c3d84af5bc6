import Formats
import Scripts

extension Reader {
  /// Runs a program that only reads. In a plan, the program sees the actual host, without the plan's changes.
  ///
  /// - Parameters:
  ///   - command: the program and its arguments; no shell expands them.
  ///   - timeout: the time after which the program is stopped.
  /// - Returns: the output, also after a failure of the program.
  /// - Throws: an error if the program could not be run to its end.
  public func run(
    _ command: [String], timeout: Duration = .seconds(60), as account: Account = .login
  ) async throws -> Output {
    try await query(Script(command: command, timeout: timeout), as: account)
  }
}

extension Writer {
  /// Runs a program that changes the host. The files on which logins depend are compared before and after the program,
  /// and a change of such a file is proved by a login or restored. Other changes of the program cannot be undone.
  ///
  /// - Parameters:
  ///   - command: the program and its arguments; no shell expands them.
  ///   - input: the program's standard input; `nil` for none.
  ///   - timeout: the time after which the program is stopped.
  /// - Returns: the output, also after a failure of the program.
  /// - Throws: an error if the program could not be run to its end. In a plan, the program is not run, and the error
  ///   makes the plan go on with the decision's `planned` result.
  @discardableResult
  public func run(
    _ command: [String], input: [UInt8]? = nil, timeout: Duration = .seconds(60), as account: Account = .login
  ) async throws -> Output {
    let script = Script(command: command, input: input, timeout: timeout)
    let summary = "run: " + command.joined(separator: " ").split(whereSeparator: \.isNewline).joined(separator: " ")
    return try await answer(Act(.command(script, creates: [], summary: summary), as: account, isOpaque: true))
  }
}

extension Script {
  /// A program with arguments, in a shell that ends the program with the connection.
  fileprivate init(command: [String], input: [UInt8]? = nil, timeout: Duration) {
    let line = command.map { ShellQuoting.word($0) }.joined(separator: " ")
    self.init("run", ShellScripts.runCommand, [line, ShellScripts.endProcesses], input: input, timeout: timeout)
  }
}
