import CLua
import Synchronization

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Ends the process when a stretch of Lua hangs inside a single C function, where Lua calls no hook.
///
/// A thread rather than a task: a hanging stretch holds a thread of Swift's pool, perhaps the last.
package final class LuaWatchdog: Sendable {
  /// The last known state of a hanging run.
  package struct Report: Sendable, Hashable {
    /// The name of the machine.
    package let name: String
    package let branch: Int
    /// The last position seen; the hanging call is on the same line or soon after.
    package let position: LuaPosition?
  }

  package static let shared = LuaWatchdog()

  private struct Weak: Sendable {
    weak let control: LuaControl?
  }

  private struct State {
    var controls: [Weak] = []
    var isRunning = false
    var patience = Duration.seconds(10)
    var report: @Sendable (Report) -> Void = { _ in }
    var end: @Sendable () -> Void = { _exit(70) }
  }

  private let state = Mutex(State())

  init() {}

  /// Sets the reaction to a hanging run. The process then ends with status 70 (`EX_SOFTWARE`) in any case.
  ///
  /// - Parameters:
  ///   - patience: wall-clock time, well above ``LuaLimits/sliceTime``, within which every interruptible stretch ends.
  ///   - report: called on the watchdog's thread to close connections and inform the user. Must be short.
  package func configure(patience: Duration = .seconds(10), report: @escaping @Sendable (Report) -> Void) {
    state.withLock {
      $0.patience = patience
      $0.report = report
    }
  }

  /// For tests, which must survive the end.
  func configure(end: @escaping @Sendable () -> Void) {
    state.withLock { $0.end = end }
  }

  /// The names of the machines still in existence.
  var watched: [String] { state.withLock { $0.controls.compactMap { $0.control?.name } } }

  func watch(_ control: LuaControl) {
    let starts = state.withLock { state in
      state.controls.removeAll { $0.control == nil }
      state.controls.append(Weak(control: control))
      defer { state.isRunning = true }
      return !state.isRunning
    }
    guard starts else { return }
    start()
  }

  /// Uses pthread, because Foundation's `Thread` would load all of Foundation at every start of the program.
  private func start() {
    var attributes = pthread_attr_t()
    pthread_attr_init(&attributes)
    defer { pthread_attr_destroy(&attributes) }
    pthread_attr_setdetachstate(&attributes, Int32(PTHREAD_CREATE_DETACHED))
    #if canImport(Darwin)
      var thread: pthread_t?
    #else
      var thread = pthread_t()
    #endif
    let body: @convention(c) (UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? = { watchdog in
      guard let watchdog else { return nil }
      let watched = Unmanaged<LuaWatchdog>.fromOpaque(watchdog).takeRetainedValue()
      while watched.look() { usleep(250_000) }
      return nil
    }
    let watchdog = Unmanaged.passRetained(self)
    guard pthread_create(&thread, &attributes, body, watchdog.toOpaque()) == 0 else {
      watchdog.release()
      return state.withLock { $0.isRunning = false }
    }
  }

  /// Checks all machines once; returns whether any is left to watch.
  private func look() -> Bool {
    let (controls, patience, report, end) = state.withLock { state in
      state.controls.removeAll { $0.control == nil }
      state.isRunning = !state.controls.isEmpty
      return (state.controls.compactMap(\.control), state.patience, state.report, state.end)
    }
    for control in controls where sr_control_slice_age(control.pointer) > patience.nanoseconds {
      let known = Self.report(control)
      control.onHang?(known)
      report(known)
      end()
    }
    return !controls.isEmpty
  }

  private static func report(_ control: LuaControl) -> Report {
    var source = [CChar](repeating: 0, count: 128)
    var branch: Int32 = 0
    let line = sr_control_position(control.pointer, &source, source.count, &branch)
    let chunk = String(decoding: source.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
    return Report(
      name: control.name, branch: Int(branch),
      position: line > 0 ? LuaPosition(chunk: chunk, line: Int(line)) : nil)
  }
}
