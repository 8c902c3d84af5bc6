import Lua
import Values

/// The checks of arguments that primitives declare: they need no host, so they come before the first login.
extension PrimitiveLibrary {
  /// - Parameter calls: the primitives' names, with arguments of the right types.
  /// - Returns: the message of each refused call, by its place.
  func problems(_ calls: [(name: String, arguments: [String: LuaValue])]) async -> [(place: Int, message: String)] {
    let checked = calls.indices.filter { entries[calls[$0].name]?.declaration.check != nil }
    guard !checked.isEmpty, let machine = try? LuaMachine(limits: .declarations, name: "primitives") else { return [] }
    let reader = PrimitiveReader()
    await reader.define(in: machine)
    await machine.define(
      "fail",
      .immediate { call in
        guard case .table(let failure)? = call.arguments.first else {
          throw LuaMisuse(kind: .argument, message: call.arguments.first?.text ?? "the check failed")
        }
        throw LuaMisuse(kind: .argument, message: failure["message"].text ?? "the check failed")
      })
    await machine.setModules { try self.module($0) }
    await machine.sealGlobals()
    var problems: [(place: Int, message: String)] = []
    for (branch, place) in checked.enumerated() {
      guard let entry = entries[calls[place].name],
        let arguments = try? entry.declaration.values(calls[place].arguments),
        let check = try? await reader.read(entry.file, in: machine, branch: branch + 1).check
      else { continue }
      do throws(LuaError) {
        _ = try await machine.call(check, [.table(LuaTable(fields: arguments))], branch: branch + 1)
      } catch {
        problems.append((place, error.kind == .native ? error.message : Self.broken(calls[place].name, error)))
        // The machine has no more time or memory for other checks.
        if error.kind == .limit || error.kind == .memory { break }
      }
    }
    await machine.close()
    return problems
  }

  /// The message for an error in a check other than `fail`.
  private static func broken(_ name: String, _ error: LuaError) -> String {
    let reason = error.description.replacing("the recipe used up", with: "it used up")
    return "the check of '\(name)' ended with an error of its own: \(reason)"
  }
}
