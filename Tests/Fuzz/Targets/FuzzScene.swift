import Contract
import Diagnosis
import Foundation
import Lua
import Primitives
import Runs
import Synchronization
import Values

/// A machine with every primitive of the catalogue but empty bodies, and checks of the final state.
struct FuzzScene: Sendable {
  let machine: LuaMachine
  let ending = Ending()
  let played = Played()
  private let before: (bytes: Int, references: Int)
  private let start: Double

  /// The last chunk run, for the report of a finding.
  final class Played: Sendable {
    private let source = Mutex("")
    var last: String {
      get { source.withLock { $0 } }
      set { source.withLock { $0 = newValue } }
    }
  }

  /// The action planned for a wait.
  final class Ending: Sendable {
    enum Action: Sendable { case cancel, stop, stopFromOutside, close }
    private let state = Mutex<(action: Action?, waits: Int)>((nil, 0))

    func plan(_ action: Action, after waits: Int) { state.withLock { $0 = (action, waits) } }

    /// The action due now.
    func wait() -> Action? {
      state.withLock { state in
        guard state.action != nil else { return nil }
        state.waits -= 1
        guard state.waits < 0 else { return nil }
        defer { state.action = nil }
        return state.action
      }
    }
  }

  init() async throws {
    var limits = LuaLimits.standard
    limits.memory = 8 << 20
    limits.sliceTime = .milliseconds(300)
    limits.unwindingTime = .milliseconds(100)
    limits.instructions = 300_000
    limits.stringSize = 1 << 20
    limits.callSize = 4 << 20
    limits.nodes = 2000
    // libFuzzer or the test itself detects hangs.
    LuaWatchdog.shared.configure(timeout: .seconds(3600)) { _ in }
    start = Self.processorTime
    machine = try LuaMachine(limits: limits, name: "fuzz")
    let (machine, ending) = (machine, ending)
    var methods: [String: LuaFunction] = [:]
    for primitive in Catalogue.builtIn.primitives where primitive.name != "parallel" {
      let function = Self.function(primitive)
      if primitive.scope == .host { methods[primitive.name] = function }
      await machine.define(primitive.scope == .host ? "at_" + primitive.name : primitive.name, function)
    }
    await machine.define(
      kind: LuaKind(
        name: "host", methods: methods, field: { object, name in name == "name" ? .string("pi\(object.id)") : nil },
        describe: { "pi\($0.id)" }))
    await machine.define(kind: LuaKind(name: "secret", describe: { _ in "(secret)" }))
    await machine.set("here", .object(LuaObject(kind: "host", id: 0)))
    await machine.set("word", .object(LuaObject(kind: "secret", id: 1)))
    await machine.define("echo", .immediate { $0.arguments })
    await machine.define("refuse", .immediate { call in throw LuaMisuse(kind: .argument, message: "refused") })
    await machine.define(
      "wait",
      .waiting { call in
        {
          try await Self.wait(machine, ending)
          return call.arguments
        }
      })
    await machine.define(
      "wait_refuse",
      .waiting { _ in
        {
          try await Self.wait(machine, ending)
          throw Refusal(kind: .exit, luaMessage: "exit status 3")
        }
      })
    await machine.define("parallel", Self.parallel(machine))
    before = await machine.remains
  }

  private struct Refusal: LuaRepresentable {
    var kind = Failure.Kind.argument
    let luaMessage: String
    var luaFields: [String: LuaValue] { ["kind": .string(kind.rawValue)] }
  }

  /// The checks of the real primitive, with a result of the usual form.
  private static func function(_ primitive: Primitive) -> LuaFunction {
    .waiting(takesFunctions: primitive.parameters.contains { $0.luaType == "function" }) { call in
      do throws(ArgumentError) {
        _ = try primitive.prepare(call.arguments)
      } catch {
        throw Refusal(luaMessage: error.message(primitive: primitive.name))
      }
      return { [.table(LuaTable(fields: ["changed": .boolean(true)]))] }
    }
  }

  private static func parallel(_ machine: LuaMachine) -> LuaFunction {
    .waiting(takesFunctions: true) { call in
      guard case .table(let items)? = call.arguments.first, case .function(let body)? = call.arguments.last else {
        throw LuaMisuse(kind: .argument, message: "parallel takes a list and a function")
      }
      return {
        try await withThrowingTaskGroup(of: (Int, LuaValue).self) { group in
          for (number, item) in items.list.enumerated() {
            group.addTask { (number, try await machine.call(body, [item], branch: number).first ?? .nil) }
          }
          var results = [LuaValue](repeating: .nil, count: items.list.count)
          for try await (number, value) in group { results[number] = value }
          return [.table(LuaTable(list: results))]
        }
      }
    }
  }

  private static func wait(_ machine: LuaMachine, _ ending: Ending) async throws {
    switch ending.wait() {
    case nil: await Task.yield()
    case .cancel?: withUnsafeCurrentTask { $0?.cancel() }
    case .stop?: machine.stop(because: "enough")
    case .stopFromOutside?:
      Task.detached { machine.stop(because: "enough") }
      await Task.yield()
    case .close?: await machine.close()
    }
    try Task.checkCancellation()
  }

  /// Runs a chunk and checks the resulting error, if any.
  func run(_ source: [UInt8], name: String = "fuzz.lua") async throws -> Result<[LuaValue], LuaError> {
    played.last = String(decoding: source, as: UTF8.self)
    let result = await outcome(source, name)
    if case .failure(let error) = result { try check(error) }
    return result
  }

  private func outcome(_ source: [UInt8], _ name: String) async -> Result<[LuaValue], LuaError> {
    do throws(LuaError) {
      let chunk = try await machine.load(source, name: name)
      do throws(LuaError) {
        let values = try await machine.call(chunk)
        await machine.release(chunk)
        return .success(values)
      } catch {
        await machine.release(chunk)
        return .failure(error)
      }
    } catch { return .failure(error) }
  }

  func check(_ error: LuaError) throws(Finding) {
    try Finding.check(message: error.message, "a \(error.kind) error")
    try Finding.check(message: error.description, "a \(error.kind) error with its position")
    try Finding.unless(error.traceback.count <= 10, "a traceback of \(error.traceback.count) frames")
  }

  /// Checks that the program left no values behind, and that closing frees all memory.
  func finish(within seconds: Double?) async throws {
    let isOpen = await machine.globalNames.isEmpty == false
    if isOpen {
      let after = await machine.remains
      try Finding.unless(
        after.references == before.references,
        "\(after.references) references where \(before.references) were")
      // The tables of strings and references do not shrink to their old size.
      try Finding.unless(
        after.bytes < before.bytes + 32 << 10, "\(after.bytes) bytes in use where \(before.bytes) were")
    }
    await machine.close()
    let left = await machine.remains.bytes
    try Finding.unless(left == 0, "\(left) bytes in use in a closed state")
    let taken = Self.processorTime - start
    try Finding.unless(taken < seconds ?? .infinity, "took \(taken) seconds")
  }

  private static var processorTime: Double { Double(clock()) / Double(CLOCKS_PER_SEC) }
}
