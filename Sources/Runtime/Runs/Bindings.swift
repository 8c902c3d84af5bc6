import Contract
import Diagnosis
import Hosts
import Lua
import Primitives
import Recipes
import Values

/// Makes the catalogue available in a run's Lua machine: hosts with their methods, and the recipe functions.
struct Bindings: Sendable {
  let run: Run

  func define(in machine: LuaMachine) async {
    let run = run
    for primitive in run.setup.catalogue.primitives where primitive.scope == .recipe {
      await machine.define(primitive.name, function(for: primitive))
    }
    await machine.define(kind: hostKind)
    await machine.define(errorsAs: LuaShape("failure", title: "a failure", fields: Failure.fieldNames))
    for primitive in run.setup.catalogue.primitives {
      if let result = LuaShape.result(of: primitive) { await machine.define(result) }
      if primitive.file != nil { await machine.define(.arguments(of: primitive)) }
    }
    await machine.define(kind: LuaKind(name: CommandInput.secretKind, describe: { _ in "(secret)" }))
    await machine.set("here", .object(LuaObject(kind: HostArgument.objectKind, id: 0)))
    await machine.define(
      "print",
      .immediate { call in
        let text = call.arguments.map(\.printed).joined(separator: "  ")
        try run.count(text)
        run.note(text, branch: call.branch)
        return []
      })
    await run.bodies.define(in: machine)
  }

  /// The Lua interface of a host: its primitives and fields.
  var hostKind: LuaKind {
    let run = run
    var methods: [String: LuaFunction] = [:]
    for primitive in run.setup.catalogue.primitives where primitive.scope == .host {
      methods[primitive.name] = function(for: primitive)
    }
    let known = Array(methods.keys) + Self.fields
    return LuaKind(
      name: HostArgument.objectKind, methods: methods,
      field: { object, name in Self.field(name, of: run.readers[object.id].host) },
      describe: { run.readers[$0.id].host.name },
      unknownMember: { _, name in
        let guess = NearestName.find(name, among: known).map { "; did you mean '\($0)'?" } ?? ""
        return "hosts have no primitive '\(name)'" + guess
      })
  }

  static let fields = ["name", "role", "user", "address", "port"]

  private static func field(_ name: String, of host: Host) -> LuaValue? {
    switch name {
    case "name": .string(host.name)
    case "role": .string(host.role)
    case "user": host.target?.user.map { .string($0) } ?? .nil
    case "address": host.target.map { .string($0.host) } ?? .nil
    case "port": host.target?.port.map { .integer(Int64($0)) } ?? .nil
    default: nil
    }
  }

  private func function(for primitive: Primitive) -> LuaFunction {
    let run = run
    let told: @Sendable (any Error, LuaObject?) -> Failure = { error, object in
      run.failure(from: error, in: primitive, host: object.map { run.readers[$0.id].host })
    }
    let admit: @Sendable (LuaObject?) throws -> Void = { object in
      do {
        try run.check(primitive.permission, or: primitive.alternative, for: primitive.name)
        for permission in primitive.further { try run.check(permission, for: primitive.name) }
      } catch {
        throw told(error, object)
      }
    }
    return .waiting(takesFunctions: primitive.takesFunctions, admit: admit) { call in
      do {
        let body = try primitive.prepare(call.arguments)
        let size = call.arguments.reduce(0) { $0 + $1.size }
        let reader = run.readers[call.object?.id ?? 0]
        let position = call.position?.description
        let context = PrimitiveContext(
          reader: reader, here: run.readers[0], services: run,
          branch: call.branch, position: position)
        try run.hold(size)
        return {
          defer { run.release(size) }
          return try await PrimitiveCall(run: run, primitive: primitive, context: context).carryOut(body)
        }
      } catch {
        throw told(error, call.object)
      }
    }
  }
}

extension Primitive {
  var takesFunctions: Bool { parameters.contains { $0.luaType == FunctionArgument.luaType } }
}

extension LuaValue {
  /// The value in the form of `print`.
  var printed: String {
    if case .string(let bytes) = self { return String(decoding: bytes, as: UTF8.self) }
    return shortText
  }
}
