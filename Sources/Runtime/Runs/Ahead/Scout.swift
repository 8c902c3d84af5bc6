import Contract
import Lua
import Recipes
import Synchronization
import Values

/// Follows a recipe in a Lua machine of its own, with the answers known so far, to find the next questions of its
/// primitives. Sends nothing and changes nothing: an unknown answer ends the body that asks, and the first call that
/// would change something, or that is no primitive in Lua, ends the pass.
final class Scout: Sendable {
  let run: Run
  let bodies = PluginBodies()

  struct Progress {
    var wanted = Wanted()
    /// The primitives at work, by branch.
    var frames: [Int: PluginFrame] = [:]
    /// The branches whose body went on without an answer.
    var guesses: Set<Int> = []
    var lastBranch = 0
    var isOver = false
  }

  private let progress = Mutex(Progress())

  /// Ends the pass, or the body that asks.
  struct End: Error {}

  init(run: Run) { self.run = run }

  func update<T: Sendable>(_ body: (inout Progress) -> sending T) -> T { progress.withLock { body(&$0) } }

  func look() async -> Wanted {
    guard let arguments = run.state.read(\.arguments),
      let machine = try? LuaMachine(limits: .declarations, name: "\(run.recipe.name) ahead")
    else { return Wanted() }
    await define(in: machine)
    // The run itself meets each mistake of the recipe.
    if let loaded = try? await RecipeReader.read(run.recipe, in: machine, with: run.setup.library) {
      await machine.sealGlobals()
      _ = try? await machine.call(loaded.run, arguments, branch: branch())
    }
    await machine.close()
    return update { $0.wanted }
  }

  func branch() -> Int {
    update {
      $0.lastBranch += 1
      return $0.lastBranch
    }
  }

  private static let silent = ["step", "note", "warn"]

  private func define(in machine: LuaMachine) async {
    for primitive in run.setup.catalogue.primitives where primitive.scope == .recipe {
      let isSilent = Self.silent.contains(primitive.name)
      await machine.define(
        primitive.name,
        .waiting(takesFunctions: primitive.takesFunctions) { _ in { if isSilent { return [] } else { throw End() } } })
    }
    var kind = Bindings(run: run).hostKind
    for primitive in run.setup.catalogue.primitives where primitive.scope == .host {
      kind.methods[primitive.name] = .waiting(takesFunctions: primitive.takesFunctions) { [self] call in
        { [self] in [try await ScoutCall(scout: self, machine: machine, primitive: primitive, call: call).value()] }
      }
    }
    await machine.define(kind: kind)
    await machine.define(kind: LuaKind(name: CommandInput.secretKind, describe: { _ in "(secret)" }))
    for primitive in run.setup.catalogue.primitives {
      if let result = LuaShape.result(of: primitive) { await machine.define(result) }
    }
    await machine.define(LuaShape(ScoutCall.unknown, title: "an unknown result", fields: []))
    await machine.set("here", .object(LuaObject(kind: HostArgument.objectKind, id: 0)))
    await machine.define("print", .immediate { _ in [] })
    await bodies.define(in: machine)
  }
}
