import CLua
import Synchronization

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Ends the process when one stretch of Lua hangs inside a single C function, where no hook of Lua is called.
///
/// A thread of its own and not a task: a stretch that hangs holds a thread of Swift's pool, maybe the last
/// one.
package final class LuaWatchdog: Sendable {
  /// What is known about a run that hangs.
  package struct Report: Sendable, Hashable {
    /// The name of the machine.
    package let name: String
    package let branch: Int
    /// The last line that was seen; the culprit is on it or soon after it.
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

  /// Decides what happens when a run hangs. The process ends with status 70 (`EX_SOFTWARE`) afterwards in any
  /// case.
  ///
  /// - Parameters:
  ///   - patience: wall-clock time; well above ``LuaLimits/sliceTime``, which ends everything that can be
  ///     ended.
  ///   - report: called on the watchdog's thread; closes hosts down and tells the person. Keep it short.
  package func configure(patience: Duration = .seconds(10), report: @escaping @Sendable (Report) -> Void) {
    state.withLock {
      $0.patience = patience
      $0.report = report
    }
  }

  /// For tests, which have to outlive what they test.
  func configure(end: @escaping @Sendable () -> Void) {
    state.withLock { $0.end = end }
  }

  /// The names of the machines that still exist.
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

  /// By pthread, because Foundation's `Thread` would load all of Foundation at every start of the program.
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

  /// Whether there is anything left to watch.
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
