import Contract
import Hosts
import Values

extension Primitive {
  static let query = Primitive(
    "query", "Runs several commands that only read, in one round trip.", needs: .run,
    Parameter<[String: String]>("commands", "The commands by name, in POSIX sh. Plans run them too."),
    Parameter("root", "Run the commands as root; needs the permission `root` too.", default: false),
    results: [
      ResultField("[name].ok", "boolean", "Whether the command of this name ended with status 0."),
      ResultField("[name].status", "integer", "The command's exit status."),
      ResultField("[name].text", "string", "The standard output, without newlines at the end."),
    ],
    done: "Each command has ended. In the body of a primitive, answers are remembered until the host changes.",
    example: #"local unit = pi:query { active = "systemctl is-active cron", boot = "systemctl is-enabled cron" }"#
  ) { context, commands, root in
    let account = try context.account(root: root, for: "query")
    let named = commands.sorted { $0.key < $1.key }
    let answers = try await context.reader.answers(
      to: named.map { HostQuestion($0.value, as: account) }, remembered: context.caller?.isDeciding == true)
    var fields: [String: LuaValue] = [:]
    for ((name, _), answer) in zip(named, answers) {
      fields[name] = .table(
        LuaTable(fields: [
          "ok": .boolean(answer.isSuccess), "status": .integer(Int64(answer.status)), "text": .string(answer.text),
        ]))
    }
    return .value(fields, "query: " + named.map(\.key).joined(separator: ", "))
  }
}
