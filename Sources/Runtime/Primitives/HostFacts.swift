import Contract
import Hosts
import Values

extension Primitive {
  static let facts = Primitive(
    "facts", "Returns facts about the host and the account, known since the login.", needs: nil,
    results: [
      ResultField("user", "string", "The account's name."),
      ResultField("uid", "integer", "The account's user ID."),
      ResultField("root", "boolean", "Whether the account is root."),
      ResultField("home", "string", "The account's home directory."),
      ResultField("home_exists", "boolean", "Whether the home directory exists."),
      ResultField("system", "string", "The output of `uname -s`: `Linux`, `FreeBSD`, `Darwin`."),
      ResultField("platform", "string", "The name of the platform: `debian`, `synology-dsm7`, `generic`."),
      ResultField("platform_title", "string", "The platform's display name."),
      ResultField("hostname", "string", "The host's own name."),
      ResultField("shell", "string", "The account's shell."),
      ResultField("server", "string", "The SSH server's software, from its banner; empty for this computer."),
      ResultField(
        "clicks", "table<string, string>", "Instructions to the user for such a device, by name: `homes_off`."),
      ResultField("notes", "table<string, string>", "More facts about such systems, by name: `acl_tool`."),
      ResultField("commands", "table<string, string>", "Commands found on the host, with their paths."),
    ],
    example: #"note("this is " .. pi:facts().platform_title)"#
  ) { context in
    let facts = try await context.reader.facts()
    func table(_ texts: [String: String]) -> LuaValue { .table(LuaTable(fields: texts.mapValues { .string($0) })) }
    return .value(
      [
        "user": .string(facts.user), "uid": .integer(Int64(facts.userID)), "root": .boolean(facts.isRoot),
        "home": .string(facts.home), "home_exists": .boolean(!facts.physicalHome.isEmpty),
        "system": .string(facts.system), "platform": .string(facts.platform.name),
        "platform_title": .string(facts.platform.title), "hostname": .string(facts.hostName),
        "shell": .string(facts.shell), "server": .string(facts.serverSoftware),
        "clicks": table(facts.platform.clicks), "notes": table(facts.platform.notes),
        "commands": table(facts.commands),
      ], "\(facts.user) on \(facts.hostName), \(facts.platform.title)")
  }
}
