import CLua
import Values

/// A `lua_State` in a sandbox.
///
/// An actor: coroutines of one state take turns, switching where a native function waits, and never run at once.
/// Several calls may be in progress at the same time, even one made inside a waiting function of another.
package actor LuaMachine {
  private let core: LuaCore
  nonisolated let control: LuaControl

  /// - Parameter name: the run's name for the watchdog and for messages.
  /// - Throws: `LuaError` if there is not enough memory for a state.
  package init(limits: LuaLimits = .standard, name: String) throws {
    core = try LuaCore(limits: limits, name: name)
    control = core.control
    LuaWatchdog.shared.watch(control)
  }

  /// Sets the loader for `require`; without a loader, no module is found.
  package func setModules(_ loader: @escaping LuaModuleLoader) {
    core.modules = loader
  }

  /// Bytes allocated by Lua.
  package var memoryUsed: Int { (try? core.run).map { Int(sr_memory_used($0)) } ?? 0 }

  /// Processor time spent in Lua; zero after ``close()``.
  package var timeUsed: Duration { .nanoseconds((try? core.run).map { sr_time_used($0) } ?? 0) }

  /// Bytes in use once all garbage is collected, and the number of values that the host keeps alive: both return to
  /// their old values once a run is gone. After ``close()``: bytes left in the count, which must be 0.
  package var remains: (bytes: Int, references: Int) {
    guard let run = try? core.run else { return (core.leftover, 0) }
    return (Int(sr_collect(run)), Int(sr_references(run)))
  }

  /// Gives Lua a global function.
  package func define(_ name: String, _ function: LuaFunction) {
    core.define(name, function)
  }

  /// Declares the Lua interface of objects of this kind. Must precede the first such object in Lua.
  package func define(kind: LuaKind) {
    core.define(kind)
  }

  /// Sets a global for every chunk; a chunk can shadow the global, but not change it.
  package func set(_ global: String, _ value: LuaValue) {
    core.set(global, value)
  }

  /// The names of the shared globals, sorted.
  package var globalNames: [String] { core.globalNames }

  /// Compiles the text of a chunk, never bytecode. Each chunk has its own globals on top of the shared ones.
  ///
  /// - Parameter name: the chunk's name in messages, such as the path of the recipe's file.
  /// - Throws: `LuaError` of kind `syntax` or `memory`.
  package func load(_ source: [UInt8], name: String) throws(LuaError) -> LuaFunctionReference {
    let main = sr_main(try core.run)
    guard let main else { throw LuaError(kind: .memory, message: "not enough memory") }
    try core.compile(source, name: name, main)
    return LuaFunctionReference(slot: luaL_ref(main, sr_registry_index()))
  }

  /// Runs a function in its own coroutine; a wait in a native function blocks no thread.
  ///
  /// Cancelling the calling task ends only this call: the wait is cancelled, the recipe cannot catch the error, and
  /// `<close>` variables run.
  ///
  /// - Parameters:
  ///   - branch: passed to every native call made inside, even through the recipe's own coroutines.
  ///   - takesFunctions: whether results may contain functions.
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

  /// Releases a function passed from Lua to Swift.
  package func release(_ function: LuaFunctionReference) {
    guard let run = try? core.run else { return }
    luaL_unref(sr_main(run), sr_registry_index(), function.slot)
  }

  /// Ends all calls in this machine. Safe from any thread at any time; only the first reason counts.
  ///
  /// `pcall` cannot catch the error, `<close>` variables run, and waiting functions can no longer be called.
  package nonisolated func stop(because reason: String) {
    control.stop(because: reason)
  }

  /// Sets the watchdog's callback for this machine, called on the watchdog's thread before the process ends because the
  /// machine hangs inside a C function. The callback must not wait for the machine.
  package nonisolated func onHang(_ body: @escaping @Sendable (LuaWatchdog.Report) -> Void) {
    control.onHang = body
  }

  /// Refuses new globals from now on, except at the top level of a module: they are forgotten `local`s.
  package func sealGlobals() {
    if let run = try? core.run { sr_seal(run) }
  }

  /// Gives tables of this shape a check: reading any other field is an error. Must precede the first such table in Lua.
  package func define(_ shape: LuaShape) {
    core.define(shape)
  }

  /// Gives the errors of native functions the check of ``define(_:)``.
  package func define(errorsAs shape: LuaShape) {
    core.define(errorsAs: shape)
  }

  /// Frees the state. A waiting call ends with an error after its wait.
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
