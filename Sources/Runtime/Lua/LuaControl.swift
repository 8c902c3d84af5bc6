import CLua
import Synchronization

/// The thread-safe part of a machine, for stopping the machine and for checking the clock.
///
/// Unchecked because of `pointer`: the C struct is atomic or guarded by a mutex, and is freed with the last reference
/// to this object.
final class LuaControl: @unchecked Sendable {
  private struct State {
    var reason: String?
    var next = 0
    var tasks: [Int: @Sendable () -> Void] = [:]
    var onHang: (@Sendable (LuaWatchdog.Report) -> Void)?
  }

  let name: String
  let pointer: OpaquePointer
  private let state = Mutex(State())

  init(name: String) {
    self.name = name
    pointer = sr_control_new()
  }

  deinit {
    sr_control_free(pointer)
  }

  var isStopped: Bool { sr_control_stopped(pointer) != SR_RUNNING }

  /// Stops the machine and wakes every suspended call. Only the first reason counts.
  func stop(because reason: String) {
    state.withLock { if $0.reason == nil { $0.reason = reason } }
    sr_control_stop(pointer, Int32(SR_STOPPED))
    cancelAll()
  }

  func cancelAll() {
    for cancel in state.withLock({ Array($0.tasks.values) }) { cancel() }
  }

  /// The reason for the stop, as an error without a position.
  var stopError: LuaError? {
    switch Int(sr_control_stopped(pointer)) {
    case SR_RUNNING: nil
    case SR_SLICE_LIMIT: LuaError(kind: .limit, message: "the recipe ran too long without waiting for anything")
    case SR_INSTRUCTION_LIMIT: LuaError(kind: .limit, message: "the recipe used up its instructions")
    default: LuaError(kind: .stopped, message: state.withLock { $0.reason } ?? "the run was stopped")
    }
  }

  var onHang: (@Sendable (LuaWatchdog.Report) -> Void)? {
    get { state.withLock { $0.onHang } }
    set { state.withLock { $0.onHang = newValue } }
  }

  func register(_ cancel: @escaping @Sendable () -> Void) -> Int {
    let number = state.withLock { state in
      state.next += 1
      state.tasks[state.next] = cancel
      return state.next
    }
    if isStopped { cancel() }
    return number
  }

  func unregister(_ number: Int) {
    state.withLock { _ = $0.tasks.removeValue(forKey: number) }
  }
}
