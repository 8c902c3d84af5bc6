import Lua
import Values

/// The machine with native functions of each kind.
struct MachineBench {
  let machine: LuaMachine

  init() async throws {
    machine = try Self.makeMachine()
    await machine.define("echo", .immediate { $0.arguments })
    await machine.define("take", .immediate { _ in [] })
    await machine.define("wait", .waiting { call in { call.arguments } })
    let table = LuaTable(fields: Dictionary(uniqueKeysWithValues: (1...1000).map { ("entry_\($0)", .integer($0)) }))
    await machine.define("give", .immediate { _ in [.table(table)] })
  }

  static func makeMachine() throws -> LuaMachine {
    var limits = LuaLimits.standard
    // A busy computer must not end a measurement.
    limits.sliceTime = .seconds(60)
    return try LuaMachine(limits: limits, name: "benchmark")
  }

  /// Nanoseconds per round of `body`, inside one call of the machine.
  func time(_ function: String, _ body: String, _ rounds: Int) async throws -> Double {
    let source = """
      local f, t = \(function), {} for i = 1, 1000 do t['entry_' .. i] = i end
      return function(n) for i = 1, n do \(body) end end
      """
    let chunk = try await machine.load(Array(source.utf8), name: "benchmark.lua")
    guard case .function(let loop)? = try await machine.call(chunk, takesFunctions: true).first else { return .nan }
    let start = ContinuousClock.now
    _ = try await machine.call(loop, [.integer(Int64(rounds))])
    let taken = ContinuousClock.now - start
    await machine.release(loop)
    await machine.release(chunk)
    return taken.nanoseconds / Double(rounds)
  }

  static func timeStates(_ rounds: Int) async throws -> Double {
    let start = ContinuousClock.now
    for _ in 0..<rounds { await (try makeMachine()).close() }
    return (ContinuousClock.now - start).nanoseconds / Double(rounds)
  }
}

extension Duration {
  var nanoseconds: Double { Double(components.seconds) * 1e9 + Double(components.attoseconds) / 1e9 }
}
