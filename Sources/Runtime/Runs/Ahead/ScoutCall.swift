import Contract
import Hosts
import Lua
import Recipes
import Values

/// One call of a primitive during a ``Scout``'s pass.
struct ScoutCall {
  let scout: Scout
  let machine: LuaMachine
  let primitive: Primitive
  let call: LuaCall

  /// The shape of a result that is not known yet: reading any field ends the pass.
  static let unknown = "?"
  private static let deepest = 8

  private var run: Run { scout.run }
  private var frame: PluginFrame? { scout.update { $0.frames[call.branch] } }
  private var reader: Reader { run.readers[call.object?.id ?? 0] }

  /// - Throws: an error that ends the pass, or the body that calls.
  func value() async throws -> LuaValue {
    guard scout.update({ !$0.isOver }) else { throw Scout.End() }
    try run.check(primitive.permission, or: primitive.alternative, for: primitive.name)
    for permission in primitive.further { try run.check(permission, for: primitive.name) }
    try frame?.admit(primitive)
    if let entry = run.setup.library.entries[primitive.name] {
      return try await result(entry.declaration.arguments(call.arguments), of: entry)
    }
    switch primitive.name {
    case "query" where frame != nil: return try await answers()
    case "facts" where reader.host.knownFacts != nil: return try await decided()
    case "read", "status": return try await file()
    default: throw noAnswer()
    }
  }

  private var context: PrimitiveContext {
    var context = PrimitiveContext(reader: reader, here: run.readers[0], services: run, branch: run.branch)
    context.caller = frame?.caller
    return context
  }

  /// The body goes on or ends without an answer, so its decision means nothing.
  private func noAnswer() -> any Error {
    scout.update { _ = $0.guesses.insert(call.branch) }
    return Scout.End()
  }

  /// The primitive's own answer, which needs no round trip.
  private func decided() async throws -> LuaValue {
    switch try await primitive.prepare(call.arguments)(context) {
    case .value(let fields, _): .table(LuaTable(fields: fields))
    case .plain(let value, _): value
    case .unchanged, .change, .observe: throw noAnswer()
    }
  }

  private func answers() async throws -> LuaValue {
    let named = try ArgumentList.named(call.arguments, parameters: primitive.parameters)
    let commands = try [String: String](lua: named["commands"] ?? .nil)
    let isRoot = try Bool(lua: named["root"] ?? .boolean(false))
    let account = try context.account(root: isRoot, for: primitive.name)
    let open = commands.map { HostQuestion($0.value, as: account) }.filter { reader.host.answer(to: $0) == nil }
    guard !open.isEmpty else { return try await decided() }
    scout.update { progress in
      for question in open.sorted(by: { $0.command < $1.command }) { progress.wanted.add(question, of: reader.host.id) }
    }
    throw noAnswer()
  }

  private func file() async throws -> LuaValue {
    let named = try ArgumentList.named(call.arguments, parameters: primitive.parameters)
    guard let facts = reader.host.knownFacts else { throw noAnswer() }
    let path = try RemotePath(lua: named["path"] ?? .nil).expanded(home: facts.home)
    let isRoot = try Bool(lua: named["root"] ?? .boolean(false))
    let account = try context.account(root: isRoot, for: primitive.name)
    if reader.host.isHere || reader.host.files[path, as: account] != nil || reader.host.overlay[path] != nil {
      return try await decided()
    }
    try context.require(.files, for: primitive.name)
    scout.update { $0.wanted.add(path, as: account, of: reader.host.id) }
    let end = noAnswer()
    // With the default, the body goes on to its further files.
    guard let text = named["default"], text != .nil else { throw end }
    return text
  }
}

extension ScoutCall {
  /// The result of a primitive written in Lua; of the unknown shape without all answers.
  private func result(_ arguments: [String: LuaValue], of entry: PrimitiveLibrary.Entry) async throws -> LuaValue {
    let branch = scout.branch()
    let chain = (frame?.chain ?? []) + [primitive.name]
    guard chain.count <= Self.deepest else { throw noAnswer() }
    let frame = PluginFrame(
      primitive: entry.primitive, phase: .deciding, call: 0, branch: run.branch, hasTurnHere: false, chain: chain)
    let host = LuaValue.object(LuaObject(kind: HostArgument.objectKind, id: reader.host.id))
    let decision: PluginDecision?
    do {
      let declaration = try await scout.declaration(of: entry, in: machine)
      scout.update { $0.frames[branch] = frame }
      let given = LuaValue.table(LuaTable(fields: arguments))
      // Bodies rely on the check, also before they put an argument into a command.
      if let check = declaration.check { _ = try await machine.call(check, [given], branch: branch) }
      let result = try await machine.call(declaration.body, [host, given, .boolean(false)], branch: branch)
      decision = result.first.flatMap { scout.bodies.decision($0) ?? PluginDecision(answer: $0) }
    } catch { decision = nil }
    if scout.update({ $0.guesses.contains(branch) }) {
      if self.frame != nil { throw noAnswer() }
      return .table(LuaTable(shape: Self.unknown))
    }
    switch decision {
    case .unchanged(_, let fields):
      return .table(LuaTable(fields: fields.merging(["changed": .boolean(false)]) { $1 }, shape: primitive.name))
    case .answer(let fields): return .table(LuaTable(fields: fields, shape: primitive.name))
    case .change, nil:
      // Answers count until a change, and a failure ends the run.
      scout.update { $0.isOver = true }
      throw Scout.End()
    }
  }
}

extension LuaTable {
  fileprivate init(fields: [String: LuaValue] = [:], shape: String) {
    self.init(fields: fields)
    self.shape = shape
  }
}
