import Synchronization
import Testing

@testable import Lua
@testable import Values

/// A machine with a few native functions of every kind, and a record of their calls.
struct LuaHarness {
  let machine: LuaMachine
  let log = Log()

  final class Log: Sendable {
    private let storage = Mutex<[String]>([])
    var lines: [String] { storage.withLock { $0 } }
    func add(_ line: String) { storage.withLock { $0.append(line) } }
  }

  struct Refusal: LuaRepresentable {
    var luaFields: [String: LuaValue] { ["kind": .string("exit"), "status": .integer(3), "host": .string("pi")] }
    var luaMessage: String { "exit status 3" }
  }

  struct PlainError: Error, CustomStringConvertible {
    var description: String { "a plain Swift error" }
  }

  init(limits: LuaLimits = .standard) async throws {
    // A test that takes long on a busy machine is not a hang.
    LuaWatchdog.shared.configure(timeout: .seconds(120)) { _ in }
    machine = try LuaMachine(limits: limits, name: "test")
    let (machine, log) = (machine, log)
    await machine.define("echo", .immediate { call in call.arguments })
    await machine.define("branch", .immediate { call in [.integer(Int64(call.branch))] })
    await machine.define("refuse", .immediate { _ in throw Refusal() })
    await machine.define(
      "where", .immediate(takesPosition: true) { call in [call.position.map { .string("\($0)") } ?? .nil] })
    await machine.define(
      "log",
      .immediate { call in
        log.add(call.arguments.map { Self.show($0) }.joined(separator: " "))
        return []
      })
    await machine.define(
      "wait",
      .waiting { call in
        {
          await Task.yield()
          return call.arguments
        }
      })
    await machine.define(
      "wait_refuse",
      .waiting { _ in
        {
          await Task.yield()
          throw Refusal()
        }
      })
    await machine.define("wait_plain", .waiting { _ in { throw PlainError() } })
    await machine.define(
      "wait_forever",
      .waiting { _ in
        {
          log.add("waiting")
          try await Task.sleep(for: .seconds(600))
          return []
        }
      })
    await machine.define(
      "parallel",
      .waiting(takesFunctions: true) { call in
        guard case .table(let items)? = call.arguments.first, case .function(let body)? = call.arguments.last
        else { throw LuaMisuse(kind: .argument, message: "parallel takes a list and a function") }
        return {
          try await withThrowingTaskGroup(of: (Int, [LuaValue]).self) { group in
            for (number, item) in items.list.enumerated() {
              group.addTask {
                (number, try await machine.call(body, [item], branch: call.branch * 10 + number + 1))
              }
            }
            var results = [LuaValue](repeating: .nil, count: items.list.count)
            for try await (number, values) in group { results[number] = values.first ?? .nil }
            return [.table(LuaTable(list: results))]
          }
        }
      })
    await machine.define(
      kind: LuaKind(
        name: "host",
        methods: [
          "chmod": .waiting { call in
            { [.integer(Int64(call.object?.id ?? 0)), .integer(Int64(call.arguments.count))] }
          },
          "name_now": .immediate { call in [.string("h\(call.object?.id ?? 0)")] },
        ],
        field: { object, name in name == "name" ? .string("pi\(object.id)") : nil },
        describe: { "pi\($0.id)" },
        unknownMember: { kind, name in "a \(kind) has no '\(name)'; did you mean 'chmod'?" }))
    await machine.set("pi", .object(LuaObject(kind: "host", id: 1)))
    await machine.set("nas", .object(LuaObject(kind: "host", id: 2)))
  }

  /// Results or the error on one line, so that tests compare the whole outcome.
  func outcome(_ source: String, branch: Int = 0) async -> String {
    do {
      return try await results(source, branch: branch).map { Self.show($0) }.joined(separator: ", ")
    } catch {
      return "\(error.kind): \(error)"
    }
  }

  func results(_ source: String, branch: Int = 0) async throws(LuaError) -> [LuaValue] {
    let chunk = try await machine.load(Array(source.utf8), name: "r.lua")
    return try await machine.call(chunk, branch: branch)
  }

  func failure(_ source: String) async -> LuaError? {
    do {
      _ = try await results(source)
      return nil
    } catch {
      return error
    }
  }

  static func show(_ value: LuaValue) -> String {
    switch value {
    case .nil: "nil"
    case .boolean(let flag): "\(flag)"
    case .integer(let integer): "\(integer)"
    case .number(let number): "\(number)"
    case .string(let bytes): String(decoding: bytes, as: UTF8.self)
    case .table(let table):
      "{"
        + (table.list.map { show($0) } + table.fields.sorted { $0.key < $1.key }.map { "\($0.key)=\(show($0.value))" })
        .joined(separator: " ") + "}"
    case .function: "function"
    case .object(let object): "\(object.kind) \(object.id)"
    }
  }
}

/// Waits for a condition that another task fulfils; fails at the limit of ``becomesTrue(within:_:)``.
func eventually(_ condition: @Sendable () -> Bool) async {
  if await !becomesTrue(condition) { Issue.record("the condition was not met") }
}
