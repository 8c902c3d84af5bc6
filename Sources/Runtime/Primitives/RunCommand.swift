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
    results: [
      ResultField("status", "integer", "The exit status; 128 + n after signal n."),
      ResultField("stdout", "string", "The standard output, without the last newline."),
      ResultField("stderr", "string", "The standard error, without the last newline."),
      ResultField("changed", "boolean", "Whether the command was run; always false with `reads`."),
      ResultField("planned", "boolean", "Set in a plan if the other fields are not known yet."),
    ],
    done: "The command ended with status 0; with `creates`, the path exists.",
    example: #"local version = pi:run("sshd -V 2>&1", { reads = true, check = false }).stdout"#
  ) { context, command, input, timeout, root, check, reads, creates in
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
    if reads {
      let output = try await context.reader.query(run.script, as: account)
      var fields = try run.fields(output)
      fields["changed"] = .boolean(false)
      return .value(fields, run.title)
    }
    let planned = CommandRun.nothing.merging(["planned": .boolean(true)]) { $1 }
    return .change(run.title, planned: planned) { writer in
      let output = try await writer.answer(
        Act(
          .command(run.script, creates: made.map { [$0] } ?? [], summary: run.title), as: account,
          isOpaque: true))
      let fields = try run.fields(output)
      if let made, try await context.reader.state(of: made, as: account).status == nil {
        throw WriteError.notAsWanted(path: made, wanted: "there", seen: "not there")
      }
      return fields
    }
  }
}

/// A command of a recipe.
struct CommandRun: Sendable {
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

  static let nothing: [String: LuaValue] = [
    "status": .integer(0), "stdout": .string(""), "stderr": .string(""),
  ]

  /// - Throws: ``Failure`` of kind `exit` for a status other than 0, if `check` is set.
  func fields(_ output: Output) throws -> [String: LuaValue] {
    guard output.isSuccess || !check else {
      throw Failure(
        .exit, "\"\(title.dropFirst(5))\" ended with status \(output.status)",
        seen: output.errorText.split(whereSeparator: \.isNewline).suffix(5).map(String.init),
        status: Int(output.status),
        stderr: output.errorText)
    }
    return [
      "status": .integer(Int64(output.status)), "stdout": .string(Self.trimmed(output.stdout)),
      "stderr": .string(Self.trimmed(output.stderr)),
    ]
  }

  /// Works on bytes, since a command's output need not be text.
  private static func trimmed(_ bytes: [UInt8]) -> [UInt8] {
    var bytes = bytes
    if bytes.last == Byte.lineFeed { bytes.removeLast() }
    if bytes.last == Byte.carriageReturn { bytes.removeLast() }
    return bytes
  }
}

/// A command's standard input: a string of the recipe, or a secret unreadable to the recipe.
package enum CommandInput: LuaArgument, Hashable {
  package static let luaType = "string|ssh.Secret"
  package static let expectation = "string or secret"
  package static let secretKind = "secret"
  case text([UInt8])
  case secret(Int)

  package init(lua value: LuaValue) throws(Mismatch) {
    switch value {
    case .string(let bytes): self = .text(bytes)
    case .object(let object) where object.kind == Self.secretKind: self = .secret(object.id)
    default: throw Mismatch(Self.expectation, got: value)
    }
  }

  /// Adds a newline to a secret, as if typed at a prompt.
  func bytes(_ context: PrimitiveContext) -> [UInt8] {
    switch self {
    case .text(let bytes): bytes
    case .secret(let number): (context.services.keptSecret(number)?.reveal() ?? []) + [Byte.lineFeed]
    }
  }

  package var luaText: String {
    switch self {
    case .text(let bytes): LuaValue.string(bytes).shortText
    case .secret: "(secret)"
    }
  }
}
