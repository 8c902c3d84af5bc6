import Contract
import Diagnosis
import Lua
import Recipes
import Synchronization
import Values

/// The bodies of primitives written in Lua, loaded into a run's machine when first called.
final class PluginBodies: Sendable {
  private let reader = PrimitiveReader()
  private let bodies = Mutex<[String: Task<PrimitiveDeclaration, any Error>]>([:])
  private let decisions = Mutex<(last: Int, open: [Int: PluginDecision])>((0, [:]))

  func define(in machine: LuaMachine) async {
    await machine.define(kind: LuaKind(name: PluginDecision.objectKind, describe: { _ in "(decision)" }))
    await reader.define(in: machine) { [self] word, call in
      let decision = try PluginDecision(word, call.arguments)
      return decisions.withLock { decisions in
        decisions.last += 1
        decisions.open[decisions.last] = decision
        return .object(LuaObject(kind: PluginDecision.objectKind, id: decisions.last))
      }
    }
  }

  /// The decision that a body returned; `nil` for any other value.
  func decision(_ value: LuaValue) -> PluginDecision? {
    guard case .object(let object) = value, object.kind == PluginDecision.objectKind else { return nil }
    return decisions.withLock { $0.open.removeValue(forKey: object.id) }
  }

  /// The declaration with the body, in the run's machine.
  ///
  /// - Throws: ``PrimitiveError``, also for a declaration other than the first reading's.
  func declaration(of entry: PrimitiveLibrary.Entry, in run: Run) async throws -> PrimitiveDeclaration {
    let task = bodies.withLock { bodies in
      if let known = bodies[entry.file.name] { return known }
      let task = Task {
        let branch = run.numbers.branch()
        let frame = PluginFrame(declaring: entry.primitive)
        run.state.update { $0.frames[branch] = frame }
        defer { run.state.update { $0.frames[branch] = nil } }
        return try await load(entry, in: run.machine, branch: branch)
      }
      bodies[entry.file.name] = task
      return task
    }
    return try await task.value
  }

  /// - Parameter branch: the branch of a frame in the declaring phase.
  func load(
    _ entry: PrimitiveLibrary.Entry, in machine: LuaMachine, branch: Int
  ) async throws -> PrimitiveDeclaration {
    let declaration = try await reader.read(entry.file, in: machine, branch: branch)
    let fields = entry.declaration.fields(otherIn: declaration)
    guard fields.isEmpty else { throw PrimitiveError(file: entry.file.path, .declaredOtherwise(fields: fields)) }
    return declaration
  }
}
