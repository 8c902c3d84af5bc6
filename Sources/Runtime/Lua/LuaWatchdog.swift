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

  private struct Watched {
    weak let control: LuaControl?
    var stillness = Stillness()
  }

  /// The number of looks in a row with an unchanged beat of the machine. A clock would go on while this computer sleeps,
  /// the program is stopped, or other programs have the processor; the number of looks does not.
  struct Stillness {
    private var beat: UInt64 = 0
    private(set) var looks = 0

    /// - Parameter now: see `sr_control_beat`.
    mutating func look(at now: UInt64) {
      looks = now != 0 && now == beat ? looks + 1 : 0
      beat = now
    }
  }

  private struct State {
    var watched: [Watched] = []
    var isRunning = false
    var timeout = Duration.seconds(10)
    var report: @Sendable (Report) -> Void = { _ in }
    var end: @Sendable () -> Void = { _exit(70) }
  }

  private let state = Mutex(State())
  private static let interval = Duration.milliseconds(250)

  init() {}

  /// Sets the reaction to a hanging run. The process then ends with status 70 (`EX_SOFTWARE`) in any case.
  ///
  /// - Parameters:
  ///   - timeout: how long a machine may show no progress, counted in looks of 250 milliseconds, at least one. A stretch that makes
  ///     progress is ended by ``LuaLimits/sliceTime``.
  ///   - report: called on the watchdog's thread to close connections and inform the user. Must be short.
  package func configure(timeout: Duration = .seconds(10), report: @escaping @Sendable (Report) -> Void) {
    state.withLock {
      $0.timeout = timeout
      $0.report = report
    }
  }

  /// For tests, which must survive the end.
  func configure(end: @escaping @Sendable () -> Void) {
    state.withLock { $0.end = end }
  }

  /// The names of the machines still in existence.
  var watched: [String] { state.withLock { $0.watched.compactMap { $0.control?.name } } }

  func watch(_ control: LuaControl) {
    let starts = state.withLock { state in
      state.watched.removeAll { $0.control == nil }
      state.watched.append(Watched(control: control))
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
      while watched.look() { usleep(UInt32(LuaWatchdog.interval / .microseconds(1))) }
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
    let (hung, isWatching, report, end) = state.withLock { state in
      state.watched.removeAll { $0.control == nil }
      state.isRunning = !state.watched.isEmpty
      let most = max(1, Int(state.timeout / Self.interval))
      var hung: [LuaControl] = []
      for index in state.watched.indices {
        guard let control = state.watched[index].control else { continue }
        state.watched[index].stillness.look(at: sr_control_beat(control.pointer))
        if state.watched[index].stillness.looks >= most { hung.append(control) }
      }
      return (hung, state.isRunning, state.report, state.end)
    }
    for control in hung {
      let known = Self.report(control)
      control.onHang?(known)
      report(known)
      end()
    }
    return isWatching
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
