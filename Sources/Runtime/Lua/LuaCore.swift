import CLua
import Values

/// A `lua_State` and the values used while Lua runs. Not `Sendable`, since only the machine's actor may use a core.
final class LuaCore {
  /// A class, so that a call counts one reference instead of one for each part.
  final class Named: Sendable {
    let name: String
    let function: LuaFunction

    init(_ name: String, _ function: LuaFunction) {
      self.name = name
      self.function = function
    }
  }

  /// The work awaited by a coroutine, and the functions passed to the work.
  struct Pending {
    let work: LuaWork
    let functions: [LuaFunctionReference]
  }

  enum Native {
    case function(Named)
    case method(Named, kind: String)
    case field(LuaKind)
    case assign(LuaKind)
    case describe(LuaKind)
    case missing(LuaShape)
  }

  let limits: LuaLimits
  let control: LuaControl
  let kinds = LuaKinds()
  var natives: [Native] = []
  var modules: LuaModuleLoader?
  /// Modules at work on their top level, outermost first.
  var loading: [String] = []
  /// The work of the function that suspended last.
  var pending: Pending?
  /// The result for the function that resumes next.
  var outcome: Result<[LuaValue], any Error>?
  var chunkNames: [String: String] = [:]

  /// Bytes still counted as in use after the state was closed.
  private(set) var leftover = 0
  private var openRun: OpaquePointer?
  var lastSource: (bytes: [CChar], name: String) = ([0], "")

  init(limits: LuaLimits, name: String) throws {
    self.limits = limits
    control = LuaControl(name: name)
    let callbacks = sr_Callbacks(called: luaCalled, resumed: luaResumed, module: luaModule, module_done: luaModuleDone)
    let bounds = sr_Limits(
      memory: limits.memory, slice: limits.sliceTime.nanoseconds, unwinding: limits.unwindingTime.nanoseconds,
      instructions: limits.instructions ?? 0, string: limits.stringSize)
    openRun = sr_open(Unmanaged.passUnretained(self).toOpaque(), callbacks, bounds, control.pointer)
    guard let openRun else {
      throw LuaError(kind: .memory, message: "not enough memory for another Lua state")
    }
    Sandbox.close(openRun)
  }

  deinit {
    close()
  }

  func close() {
    guard let openRun else { return }
    self.openRun = nil
    leftover = sr_close(openRun)
    // The native functions hold the run, and the run holds its machine.
    natives = []
    modules = nil
    pending = nil
    outcome = nil
  }

  /// The run, or the reason why it is closed.
  var run: OpaquePointer {
    get throws(LuaError) {
      guard let openRun else { throw LuaError(kind: .stopped, message: "the machine is closed") }
      return openRun
    }
  }

  func release(_ functions: [LuaFunctionReference]) {
    guard !functions.isEmpty, let main = (try? run).flatMap({ sr_main($0) }) else { return }
    for function in functions { luaL_unref(main, sr_registry_index(), function.slot) }
  }

  func stack(_ state: OpaquePointer, takesFunctions: Bool = false) -> LuaStack {
    LuaStack(state: state, limits: limits, takesFunctions: takesFunctions)
  }

  func position(_ state: OpaquePointer, level: Int32 = 1) -> LuaPosition? {
    var source: UnsafePointer<CChar>?
    let line = sr_position(state, level, &source)
    guard line > 0, let source else { return nil }
    if let openRun { sr_note_position(openRun, source, line) }
    return LuaPosition(chunk: chunkName(source), line: Int(line))
  }

  /// The name under which a chunk was loaded, from Lua's source string. Cached, since nearly all calls come from the
  /// same chunk.
  private func chunkName(_ source: UnsafePointer<CChar>) -> String {
    if lastSource.bytes.withUnsafeBufferPointer({ strcmpEqual($0, source) }) { return lastSource.name }
    var text = String(cString: source)
    if let first = text.first, first == "@" || first == "=" { text.removeFirst() }
    lastSource = (String(cString: source).utf8CString.map { $0 }, text)
    return text
  }

  private func strcmpEqual(_ known: UnsafeBufferPointer<CChar>, _ other: UnsafePointer<CChar>) -> Bool {
    for (index, byte) in known.enumerated() where byte != other[index] { return false }
    return true
  }
}

extension Duration {
  var nanoseconds: Int64 {
    let (seconds, attoseconds) = components
    return seconds * 1_000_000_000 + attoseconds / 1_000_000_000
  }
}
