import Contract
import Diagnosis
import Formats
import Hosts
import Scripts
import Values

extension Primitive {
  static let run = Primitive(
    "run", "Runs a command with sh, and waits until it ends.", needs: .run,
    Parameter<String>("command", "The command, in POSIX sh."),
    Parameter<CommandInput?>("input", "The command's standard input; empty by default."),
    Parameter("timeout", "Seconds until the command is stopped.", default: Seconds(60)),
    Parameter("root", "Run the command as root; needs the permission `root` too.", default: false),
    Parameter("check", "Whether an exit status other than 0 is a failure.", default: true),
    Parameter("reads", "The command only reads: plans run it too, and it never counts as a change.", default: false),
    Parameter<RemotePath?>("creates", "A path that the command creates. If the path exists, the command is not run."),
    Parameter<RemotePath?>(
      "stdout",
      "A file on this computer for the standard output, of any size. An existing file is replaced, and `undo` does not "
        + "bring it back."),
    Parameter("live", "Show the output as it arrives, as `--verbose` does.", default: false),
    Parameter<String?>(
      "undo", "The command that reverses the command, for `ssh-recipes undo`; kept in the journal, so without secrets."),
    Parameter<String?>(
      "undo_if",
      "A check before `undo`: a command that only reads. With a status other than 0, the change is left alone."),
    results: [
      ResultField("status", "integer", "The exit status; 128 + n after signal n."),
      ResultField("stdout", "string", "The standard output, without the last newline; empty with `stdout`."),
      ResultField("stderr", "string", "The standard error, without the last newline."),
      ResultField("bytes", "integer", "With `stdout`, the size of the file."),
      ResultField("changed", "boolean", "Whether the command was run; always false with `reads`."),
      ResultField("planned", "boolean", "Set in a plan if the other fields are not known yet."),
    ],
    done:
      "The command ended with status 0; with `creates`, the path exists. Output above 4 MiB without `stdout` is a failure of kind "
      + "`limit`.",
    example: #"local version = pi:run("sshd -V 2>&1", { reads = true, check = false }).stdout"#
  ) { context, command, input, timeout, root, check, reads, creates, stdout, live, undo, undoIf in
    try CommandRun.check(reads: reads, undo: undo, undoIf: undoIf)
    let account = try context.account(root: root, for: "run")
    let home = try await context.reader.facts().home
    let made = creates?.expanded(home: home)
    if let made, try await context.reader.state(of: made, as: account).status != nil {
      return .unchanged("\(made) is there already", CommandRun.nothing)
    }
    let run = CommandRun(
      command: command, input: input?.bytes(context), timeout: timeout.duration, account: account,
      check: check,
      creates: made)
    let file: String? = if let stdout { try await context.here.absolute(stdout) } else { nil }
    let streams = CommandStreams(context, file: file, isLive: live)
    if reads, let file {
      return .observe("\(run.title), into \(file)", planned: CommandRun.nothing) {
        let (output, bytes) = try await streams.follow(run.script) { try await context.reader.query($0, as: account) }
        let fields = try await run.fields(output, bytes: bytes, explainedBy: context.reader).merging([
          "changed": .boolean(false)
        ]) { $1 }
        return Observation("\(run.title), into \(file)", fields: fields)
      }
    }
    if reads {
      let output = try await run.look(context) {
        try await streams.follow(run.script) { try await context.reader.query($0, as: account) }.0
      }
      var fields = try await run.fields(output, explainedBy: context.reader)
      fields["changed"] = .boolean(false)
      return .value(fields, run.title)
    }
    let planned = CommandRun.nothing.merging(["planned": .boolean(true)]) { $1 }
    return .change(run.title, planned: planned) { writer in
      let (output, bytes) = try await streams.follow(run.script) { script in
        var act = Act(
          .command(script, creates: made.map { [$0] } ?? [], summary: run.title), as: account, isOpaque: true)
        act.undo = undo.map { UndoCommand($0, check: undoIf) }
        act.program = Act.program(of: command)
        return try await writer.answer(act)
      }
      let fields = try await run.fields(output, bytes: bytes, explainedBy: context.reader)
      if let made, try await context.reader.state(of: made, as: account).status == nil {
        throw WriteError.notAsWanted(path: made, wanted: "there", seen: "not there")
      }
      return fields
    }
  }
}

/// A command of a recipe.
package struct CommandRun: Sendable {
  var command: String
  var input: [UInt8]?
  var timeout: Duration
  var account: Account
  var check: Bool
  var creates: String?

  /// Runs the command in a separate shell, so that a syntax error or `exit` ends only this shell.
  var script: Script {
    Script("run", ShellScripts.runCommand, [command, ShellScripts.endProcesses], input: input, timeout: timeout)
  }

  /// The command on one line, truncated.
  var title: String {
    let line = command.split(whereSeparator: \.isNewline).joined(separator: "; ")
    return "run: " + (line.count > 80 ? line.prefix(79) + "…" : line)
  }

  /// The output of a reading command. While a primitive decides, an earlier answer to the same command counts.
  ///
  /// - Parameter ask: runs the command on the host.
  func look(_ context: PrimitiveContext, _ ask: () async throws -> Output) async throws -> Output {
    let question = HostQuestion("run: \(command)", as: account)
    let remembers = context.caller?.isDeciding == true && input == nil
    if remembers, let known = context.host.answer(to: question) { return known }
    let output = try await ask()
    if remembers { context.host.remember(output, to: question) }
    return output
  }

  /// A shell's status for a program without the permission to run.
  private static let notRun: Int32 = 126

  /// - Parameter reader: looks for the reason of a program that was not started.
  func fields(
    _ output: Output, bytes: Int? = nil, explainedBy reader: Reader
  ) async throws -> [String: LuaValue] {
    do { return try fields(output, bytes: bytes) } catch var failure as Failure {
      if output.status == Self.notRun, let known = await reader.noExec(output.errorText, as: account) {
        failure.explain(by: known)
      }
      throw failure
    }
  }

  static let nothing: [String: LuaValue] = [
    "status": .integer(0), "stdout": .string(""), "stderr": .string(""),
  ]

  /// - Parameter bytes: the size of the file with the standard output.
  /// - Throws: ``Failure`` of kind `exit` for a status other than 0, if `check` is set; of kind `limit` for output above
  ///   the limit.
  func fields(_ output: Output, bytes: Int? = nil) throws -> [String: LuaValue] {
    guard output.isSuccess || !check else {
      throw Failure(
        .exit, "\"\(title.dropFirst(5))\" ended with status \(output.status)",
        seen: output.errorText.split(whereSeparator: \.isNewline).suffix(5).map(String.init),
        status: Int(output.status),
        stderr: output.errorText)
    }
    guard output.dropped == 0 else { throw tooLong(output) }
    var fields: [String: LuaValue] = [
      "status": .integer(Int64(output.status)), "stdout": .string(Self.trimmed(output.stdout)),
      "stderr": .string(Self.trimmed(output.stderr)),
    ]
    if let bytes { fields["bytes"] = .integer(Int64(bytes)) }
    return fields
  }

  private func tooLong(_ output: Output) -> Failure {
    let all = output.stdout.count + output.stderr.count + output.dropped
    return Failure(
      .limit,
      "\"\(title.dropFirst(5))\" printed \(all) bytes, more than the \(script.outputLimit) that a recipe can take",
      explanation: "the command ran to its end, with status \(output.status)",
      fix: [
        "have the output in a file on this computer: stdout = \"~/output\"", "or print less, as with | head -n 1000",
      ],
      status: Int(output.status))
  }

  /// Works on bytes, since a command's output need not be text.
  private static func trimmed(_ bytes: [UInt8]) -> [UInt8] {
    var bytes = bytes
    if bytes.last == Byte.lineFeed { bytes.removeLast() }
    if bytes.last == Byte.carriageReturn { bytes.removeLast() }
    return bytes
  }
}

extension CommandInput {
  /// Adds a newline to a secret, as if typed at a prompt.
  func bytes(_ context: PrimitiveContext) -> [UInt8] {
    switch self {
    case .text(let bytes): bytes
    case .secret(let number): (context.services.keptSecret(number)?.reveal() ?? []) + [Byte.lineFeed]
    }
  }
}
