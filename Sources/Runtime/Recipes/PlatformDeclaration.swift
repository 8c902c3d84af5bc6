import Hosts
import Values

/// The content of one `platform { … }` call, without the fields inherited through `like`.
struct PlatformDeclaration: Sendable {
  let name: String
  /// The base platform.
  let like: String?
  private let table: DeclarationTable

  private static let fields = [
    "name", "title", "like", "detect", "priority", "reload", "restart", "logs", "sshd", "sshd_config",
    "authorized_keys",
    "root_authorized_keys", "tolerates_private_groups", "config_owner", "clicks", "notes",
  ]

  init(_ arguments: [LuaValue]) throws(DeclarationProblem) {
    let value = arguments.first ?? .nil
    let outer = try DeclarationTable(value, place: "the platform", fields: Self.fields)
    name = try outer.text("name", meaning: "a short name, such as \"debian\"")
    guard DeclaredName.isValid(name) else { throw .badName(name, place: "the platform") }
    table = try DeclarationTable(value, place: "the platform \"\(name)\"", fields: Self.fields)
    like = try table.text("like")
  }

  /// - Parameter base: the platform named by `like`. All fields but `detect` are inherited; a field replaces the
  ///   base's, while `clicks` and `notes` are merged entry by entry.
  func platform(from base: Platform?) throws(DeclarationProblem) -> Platform {
    var platform = base ?? Platform(name: name, title: name)
    platform.name = name
    platform.title = try table.text("title", meaning: "the system's name for people")
    platform.detect = try detect()
    platform.priority = try table.integer("priority") ?? (base.map { $0.priority + 10 } ?? 0)
    if table.has("reload") { platform.reload = try services("reload") }
    if table.has("restart") { platform.restart = try services("restart") }
    if table.has("logs") { platform.logs = try logs() }
    if let sshd = try table.texts("sshd") {
      platform.sshd = []
      for path in sshd { platform.sshd.append(try table.check(path, "sshd", .program)) }
    }
    if let path = try table.serverPath("sshd_config", .config) { platform.sshdConfig = path }
    if let path = try table.serverPath("authorized_keys", .keys) { platform.authorizedKeys = path }
    if let path = try table.serverPath("root_authorized_keys", .keys) { platform.rootAuthorizedKeys = path }
    if let flag = try table.flag("tolerates_private_groups") { platform.toleratesPrivateGroups = flag }
    if let owner = try table.text("config_owner") { platform.configOwner = owner }
    platform.clicks.merge(try table.textTable("clicks") ?? [:]) { $1 }
    platform.notes.merge(try table.textTable("notes") ?? [:]) { $1 }
    return platform
  }

  private func detect() throws(DeclarationProblem) -> [[Platform.Condition]] {
    var alternatives: [[Platform.Condition]] = []
    for (index, value) in try table.values("detect").enumerated() {
      alternatives.append(try conditions(value, place: "\(table.place), detect[\(index + 1)]"))
    }
    guard alternatives.isEmpty else { return alternatives }
    throw .missing(
      "detect", place: table.place, meaning: "the conditions that identify the system, such as { { os = \"debian\" } }")
  }

  /// One alternative: a table of conditions that must all be met, or a list of such tables.
  private func conditions(_ value: LuaValue, place: String) throws(DeclarationProblem) -> [Platform.Condition] {
    let entry = try DeclarationTable(
      value, place: place, fields: ["file", "contains", "os", "command", "system", "banner"], positional: nil)
    var conditions: [Platform.Condition] = []
    for (index, value) in entry.list.enumerated() {
      conditions += try self.conditions(value, place: "\(place)[\(index + 1)]")
    }
    let text = try entry.text("contains")
    if let path = try entry.text("file") {
      conditions.append(.file(path, contains: text))
    } else if text != nil {
      throw .missing("file", place: place, meaning: "the file with the text")
    }
    if let name = try entry.text("os") { conditions.append(.os(name)) }
    if let name = try entry.text("command") { conditions.append(.command(name)) }
    if let name = try entry.text("system") { conditions.append(.system(name)) }
    if let prefix = try entry.text("banner") { conditions.append(.banner(prefix)) }
    guard conditions.isEmpty else { return conditions }
    throw .missing(
      "file", place: place,
      meaning: "or os, command, system or banner; a platform without conditions would match every system")
  }

  private func services(_ field: String) throws(DeclarationProblem) -> [Platform.ServiceCommand] {
    var commands: [Platform.ServiceCommand] = []
    for (index, value) in try table.values(field).enumerated() {
      let (command, needs, _) = try command(value, place: "\(table.place), \(field)[\(index + 1)]")
      commands.append(Platform.ServiceCommand(command: command, needs: needs))
    }
    return commands
  }

  private func logs() throws(DeclarationProblem) -> [Platform.LogSource] {
    var sources: [Platform.LogSource] = []
    for (index, value) in try table.values("logs").enumerated() {
      if let path = value.text, path.hasPrefix("/"), !path.contains(" ") {
        sources.append(.file(path))
        continue
      }
      let place = "\(table.place), logs[\(index + 1)]"
      let (command, needs, follow) = try command(value, place: place, fields: ["command", "needs", "follow"])
      sources.append(.command(command, follow: follow, needs: needs))
    }
    return sources
  }

  /// A command as a string, which needs the program in its first word, or a table that names the needed program.
  private func command(
    _ value: LuaValue, place: String, fields: [String] = ["command", "needs"]
  ) throws(DeclarationProblem) -> (command: String, needs: String, follow: String?) {
    let firstWord = { (text: String) in text.split(separator: " ").first.map(String.init) ?? text }
    if let text = value.text { return (text, firstWord(text), nil) }
    let entry = try DeclarationTable(value, place: place, fields: fields)
    let command = try entry.text("command", meaning: "the command, to be run by sh")
    return (command, try entry.text("needs") ?? firstWord(command), try entry.text("follow"))
  }
}
