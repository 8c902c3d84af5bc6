import Contract
import Hosts
import Lua
import Recipes
import Values

extension Run {
  /// Sends the questions of the run's primitives ahead, once, before the first of them decides.
  func sendAhead(for context: PrimitiveContext) async {
    guard !context.host.isHere, state.frame(of: context.branch) == nil else { return }
    // The scout knows a host's facts only after the login.
    guard (try? await context.reader.facts()) != nil else { return }
    let task = state.update { values in
      if let ahead = values.ahead { return ahead }
      let task = Task { await LookAhead(run: self).send() }
      values.ahead = task
      return task
    }
    await withTaskCancellationHandler {
      await task.value
    } onCancel: {
      task.cancel()
    }
  }
}

extension Scout {
  /// The declaration with the body, in this pass's machine.
  func declaration(of entry: PrimitiveLibrary.Entry, in machine: LuaMachine) async throws -> PrimitiveDeclaration {
    let branch = branch()
    update { $0.frames[branch] = PluginFrame(declaring: entry.primitive) }
    return try await bodies.load(entry, in: machine, branch: branch)
  }
}
