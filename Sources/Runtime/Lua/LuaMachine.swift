import CLua
import Values

/// One `lua_State` in its sandbox.
///
/// An actor: coroutines of one state take turns, at the points where a native function waits, and never run
/// at once. Several calls may be under way at the same time, also one made from inside a waiting function of
/// another.
package actor LuaMachine {
  private let core: LuaCore
  nonisolated let control: LuaControl

  /// - Parameter name: what the watchdog and messages call this run.
  /// - Throws: `LuaError` when there is no memory for a state.
  package init(limits: LuaLimits = .standard, name: String) throws {
    core = try LuaCore(limits: limits, name: name)
    control = core.control
    LuaWatchdog.shared.watch(control)
  }

  /// Sets the loader behind `require`; without one no module is found.
  package func setModules(_ loader: @escaping LuaModuleLoader) {
    core.modules = loader
  }

  /// Bytes that Lua has allocated.
  package var memoryUsed: Int { (try? core.run).map { Int(sr_memory_used($0)) } ?? 0 }

  /// Bytes that are in use once all garbage is collected, and how many values the host keeps alive: both are as before
  /// when nothing of a run is left. After ``close()``: bytes that the count still has, which has to be 0.
  package var remains: (bytes: Int, references: Int) {
    guard let run = try? core.run else { return (core.leftover, 0) }
    return (Int(sr_collect(run)), Int(sr_references(run)))
  }

  /// Gives Lua a global function.
  package func define(_ name: String, _ function: LuaFunction) {
    core.define(name, function)
  }

  /// Declares what Lua sees of objects of this kind. Do so before the first such object enters Lua.
  package func define(kind: LuaKind) {
    core.define(kind)
  }

  /// Sets a global that every chunk sees and can only shadow, not change.
  package func set(_ global: String, _ value: LuaValue) {
    core.set(global, value)
  }

  /// The names of the shared globals, in order.
  package var globalNames: [String] { core.globalNames }

  /// Compiles the text of a chunk, never bytecode. Each chunk has globals of its own in front of the shared
  /// ones.
  ///
  /// - Parameter name: what messages call it, such as the path of the recipe's file.
  /// - Throws: `LuaError` of kind `syntax` or `memory`.
  package func load(_ source: [UInt8], name: String) throws(LuaError) -> LuaFunctionReference {
    let main = sr_main(try core.run)
    guard let main else { throw LuaError(kind: .memory, message: "not enough memory") }
    try core.compile(source, name: name, main)
    return LuaFunctionReference(slot: luaL_ref(main, sr_registry_index()))
  }

  /// Runs a function in a coroutine of its own; while it waits for a native function no thread is held.
  ///
  /// Cancelling the calling task ends this call alone: what it waits for is cancelled, and the error cannot
  /// be caught by the recipe, whose `<close>` variables run.
  ///
  /// - Parameters:
  ///   - branch: carried to every native call made from inside, also through the recipe's own coroutines.
  ///   - takesFunctions: whether functions may be among the results.
  /// - Throws: `LuaError`.
  package func call(
    _ function: LuaFunctionReference, _ arguments: [LuaValue] = [], branch: Int = 0, takesFunctions: Bool = false
  ) async throws(LuaError) -> [LuaValue] {
    let task = Task { () -> Result<[LuaValue], LuaError> in
      do throws(LuaError) {
        return .success(try await drive(function, arguments, branch, takesFunctions))
      } catch {
        return .failure(error)
      }
    }
    let number = control.register { task.cancel() }
    defer { control.unregister(number) }
    return try await withTaskCancellationHandler {
      await task.value
    } onCancel: {
      task.cancel()
    }.get()
  }

  /// Lets go of a function that Lua handed out.
  package func release(_ function: LuaFunctionReference) {
    guard let run = try? core.run else { return }
    luaL_unref(sr_main(run), sr_registry_index(), function.slot)
  }

  /// Ends everything that runs in this machine. From any thread, at any time; only the first reason counts.
  ///
  /// `pcall` cannot swallow it, `<close>` variables run, and nothing that waits can be called any more.
  package nonisolated func stop(because reason: String) {
    control.stop(because: reason)
  }

  /// Sets what the watchdog calls, on its own thread, before it ends the process because this machine hangs inside one
  /// C function. It must not wait for this machine.
  package nonisolated func onHang(_ body: @escaping @Sendable (LuaWatchdog.Report) -> Void) {
    control.onHang = body
  }

  /// Frees the state. Calls that still wait end with an error when their wait is over.
  package func close() {
    control.stop(because: "the machine was closed")
    core.close()
  }

  private func drive(
    _ function: LuaFunctionReference, _ arguments: [LuaValue], _ branch: Int, _ takesFunctions: Bool
  ) async throws(LuaError) -> [LuaValue] {
    if let stop = control.stopError { throw stop }
    let coroutine = try core.coroutine(function, arguments)
    defer { core.release(coroutine) }
    var count = Int32(arguments.count + 1)
    var traceback: [LuaFrame] = []
    while true {
      let step = try core.resume(coroutine, count, branch, cancelled: Task.isCancelled, takesFunctions, traceback)
      switch step {
      case .returned(let values): return values
      case .waiting(let pending, let frames):
        traceback = frames
        count = 0
        let outcome: Result<[LuaValue], any Error>
        do {
          outcome = .success(try await pending.work())
        } catch {
          outcome = .failure(error)
        }
        core.release(pending.functions)
        core.outcome = Task.isCancelled ? .failure(CancellationError()) : outcome
      }
    }
  }
}
