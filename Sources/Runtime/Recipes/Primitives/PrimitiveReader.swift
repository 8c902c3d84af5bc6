import Lua
import Synchronization
import Values

/// Reads the declarations of primitives: runs the top level of each file, where Lua can only declare.
package final class PrimitiveReader: Sendable {
  private struct Reading {
    var file: PrimitiveFile
    /// `nil` until the file calls `primitive`.
    var result: Result<PrimitiveDeclaration, PrimitiveError>?
  }

  /// The files being read, by the branch of the reading.
  private let readings = Mutex<[Int: Reading]>([:])

  package init() {}

  /// Gives a machine the functions of primitives: `primitive`, and the results of their bodies.
  ///
  /// - Parameter decide: gets the name of the called function, `unchanged` or `change`; returns the result of the call.
  package func define(
    in machine: LuaMachine,
    decide: @escaping @Sendable (String, LuaCall) throws -> LuaValue = { word, _ in
      throw LuaMisuse(kind: .place, message: "'\(word)' can only be used in the body of a primitive")
    }
  ) async {
    await machine.define(
      "primitive",
      .immediate(takesFunctions: true, takesPosition: true) { [self] call in
        try take(call)
        return []
      })
    for word in ["unchanged", "change"] {
      await machine.define(word, .immediate(takesFunctions: true, takesPosition: true) { [try decide(word, $0)] })
    }
  }

  /// Runs the file's top level.
  ///
  /// - Parameter branch: a number for this reading alone.
  /// - Throws: ``PrimitiveError``.
  package func read(
    _ file: PrimitiveFile, in machine: LuaMachine, branch: Int
  ) async throws(PrimitiveError) -> PrimitiveDeclaration {
    readings.withLock { $0[branch] = Reading(file: file) }
    do throws(LuaError) {
      let chunk = try await machine.load(file.bytes, name: file.path)
      _ = try await machine.call(chunk, branch: branch)
      await machine.release(chunk)
    } catch {
      let reading = readings.withLock { $0.removeValue(forKey: branch) }
      if case .failure(let problem)? = reading?.result { throw problem }
      throw PrimitiveError(file: file.path, line: error.position?.line, .lua(error))
    }
    guard let result = readings.withLock({ $0.removeValue(forKey: branch) })?.result else {
      throw PrimitiveError(file: file.path, .neverDeclared)
    }
    return try result.get()
  }

  /// The first mistake stays, as in recipes.
  private func take(_ call: LuaCall) throws {
    guard let reading = readings.withLock({ $0[call.branch] }) else {
      throw LuaMisuse(
        kind: .place, message: "'primitive' declares a primitive in a file of its own, in a folder primitives/")
    }
    let (file, line) = (reading.file, call.position?.line)
    var outcome: Result<PrimitiveDeclaration, PrimitiveError>
    do throws(DeclarationProblem) {
      outcome = .success(try PrimitiveDeclaration(call.arguments, file: file.name))
    } catch { outcome = .failure(PrimitiveError(file: file.path, line: line, .declaration(error))) }
    switch reading.result {
    case .success: outcome = .failure(PrimitiveError(file: file.path, line: line, .declaredTwice))
    case .failure(let first): outcome = .failure(first)
    case nil: break
    }
    let final = outcome
    readings.withLock { $0[call.branch]?.result = final }
    _ = try final.get()
  }
}
