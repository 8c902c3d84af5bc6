import Synchronization

@testable import Contract
@testable import Diagnosis
@testable import Lua
@testable import Primitives
@testable import Recipes
@testable import Values

/// Plays a recipe without any host: calls of primitives are recorded and answered from a list.
///
/// Other tests cover the primitives; these check which primitives a recipe calls, and in which order.
final class RecipeStage: Sendable {
  enum Answer: Sendable {
    case value([String: LuaValue])
    case failure(Failure)
  }

  private struct Played {
    var lines: [String] = []
    var answers: [String: [Answer]] = [:]
  }

  private let hosts: [String]
  private let played: Mutex<Played>
  /// Whether the user agrees to `ask`, and carries out `manual` steps.
  private let person: Bool

  /// - Parameters:
  ///   - hosts: names by number; the first is `here`.
  ///   - answers: by `host.primitive`, each used once, the last repeatedly; any other call returns an empty table.
  init(_ hosts: [String], person: Bool = false, answers: [String: [Answer]]) {
    self.hosts = hosts
    self.person = person
    played = Mutex(Played(answers: answers))
  }

  /// Runs a bundled recipe.
  ///
  /// - Returns: the recipe's calls, one per line, and the failure that ended the recipe.
  func play(_ name: String, roles: [String: LuaValue], settings: [String] = []) async throws -> (
    lines: [String], failure: Failure?
  ) {
    let folder = #filePath.components(separatedBy: "/Tests/")[0] + "/recipes"
    let places = RecipePlaces(recipes: [.init(folder, .bundled)], platforms: [])
    let file = try RecipeFinder(places: places).find(name)
    let machine = try LuaMachine(name: name)
    await define(in: machine)
    let recipe = try await RecipeReader.read(file, in: machine)
    let params = try RecipeSettings(settings, for: recipe.header.parameters).luaFields
    var failure: Failure?
    do {
      _ = try await machine.call(recipe.run, [.table(LuaTable(fields: roles)), .table(LuaTable(fields: params))])
    } catch {
      guard error.kind == .native || !error.fields.isEmpty else { throw error }
      failure = Failure(fields: error.fields.merging(["message": .string(error.message)]) { $1 })
    }
    await machine.close()
    return (played.withLock(\.lines), failure)
  }

  static func host(_ number: Int) -> LuaValue { .object(LuaObject(kind: "host", id: number)) }

  private func define(in machine: LuaMachine) async {
    let names = [
      "keygen", "copy_id", "remove_id", "chmod", "chown", "edit_config", "restart_ssh", "tail_log", "verify_login",
      "trust_host", "run", "read", "write", "upload", "status", "facts", "wait_for", "ssh_add", "mkdir", "remove",
      "edit_client_config",
    ]
    let methods = names.map { name in
      (
        name,
        LuaFunction.immediate { call in [try self.answer(self.hosts[call.object?.id ?? 0], name, call.arguments)] }
      )
    }
    let hosts = hosts
    await machine.define(
      kind: LuaKind(
        name: "host", methods: Dictionary(uniqueKeysWithValues: methods),
        field: { object, name in name == "name" ? .string(hosts[object.id]) : nil }, describe: { hosts[$0.id] }))
    await machine.set("here", Self.host(0))
    for word in ["step", "note", "warn"] {
      await machine.define(
        word,
        .immediate { call in
          self.write("\(word) \(call.arguments.first?.text ?? "?")")
          return []
        })
    }
    await machine.define("fail", .immediate { call in throw Failure(reason: call.arguments.first ?? .nil) })
    await machine.define(
      "ask",
      .immediate { call in
        if case .table(let table)? = call.arguments.first { self.write("ask \(table.list.first?.text ?? "?")") }
        return [.string(self.person ? "yes" : "no")]
      })
    await machine.define(
      "confirm",
      .immediate { call in
        self.write("confirm \(call.arguments.first?.text ?? "?")")
        return [.boolean(self.person)]
      })
    await machine.define(
      "manual",
      .waiting(takesFunctions: true) { call in
        guard case .table(let table)? = call.arguments.first else { return { [] } }
        self.write("manual \(table.list.first?.text ?? "?")")
        return {
          var isDone = self.person
          if isDone, case .function(let check)? = table.fields["check"] {
            isDone = try await machine.call(check).first == .boolean(true)
          }
          return [.table(LuaTable(fields: ["ok": .boolean(isDone)]))]
        }
      })
    await machine.define(
      "parallel",
      .waiting(takesFunctions: true) { call in
        guard case .table(let list)? = call.arguments.first, case .function(let each)? = call.arguments.last else {
          return { [] }
        }
        return {
          var results: [LuaValue] = []
          for item in list.list { results.append(try await machine.call(each, [item]).first ?? .nil) }
          return [.table(LuaTable(list: results))]
        }
      })
  }

  private func write(_ line: String) { played.withLock { $0.lines.append(line) } }

  private func answer(_ host: String, _ primitive: String, _ arguments: [LuaValue]) throws -> LuaValue {
    // Arguments that the primitive would refuse are refused here too.
    _ = try Catalogue.builtIn[primitive]?.prepare(arguments)
    // facts and status are left out: they would bury the calls that act.
    if !["facts", "status"].contains(primitive) {
      let words = arguments.map { self.text($0) ?? Self.fields($0) }.filter { !$0.isEmpty }
      write(([host + "." + primitive] + words).joined(separator: " "))
    }
    let answer = played.withLock { played -> Answer? in
      let key = "\(host).\(primitive)"
      guard let all = played.answers[key], let first = all.first else { return nil }
      if all.count > 1 { played.answers[key]?.removeFirst() }
      return first
    }
    switch answer {
    case .value(let fields)?: return .table(LuaTable(fields: fields))
    case .failure(let failure)?: throw failure
    case nil: return .table(LuaTable(fields: primitive == "status" ? ["exists": .boolean(true)] : [:]))
    }
  }

  private func text(_ value: LuaValue) -> String? {
    if case .object(let object) = value { return hosts[object.id] }
    return value.text
  }

  private static func fields(_ value: LuaValue) -> String {
    guard case .table(let table) = value else { return "" }
    let named = table.fields.filter { $0.key != "key" }.sorted { $0.key < $1.key }
    return named.map { name, value in
      switch value {
      case .table(let inner): "\(name)={\(fields(.table(inner)))}"
      default: "\(name)=\(value.text ?? value.shortText)"
      }
    }.joined(separator: " ")
  }
}
