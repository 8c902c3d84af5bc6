import Lua
import Synchronization

/// Reads a recipe's declaration by running its top level, which can do no more than declare.
///
/// A run defines Lua's primitives and `here` before it reads the recipe, and must refuse their calls until then;
/// defined later, they would be missing in `local note = note` at the top of a recipe. By their presence a recipe can
/// tell a run from ``header(of:)``, so a run compares its header with the earlier reading:
/// ``Run/load(asReadBefore:)``.
package enum RecipeReader {
  /// Needs no host, and does not call `run`. The machine then belongs to the recipe: its modules come from the recipe's
  /// folder.
  ///
  /// - Throws: ``RecipeError``.
  package static func read(
    _ file: RecipeFile, in machine: LuaMachine, with library: PrimitiveLibrary = .empty
  ) async throws(RecipeError) -> LoadedRecipe {
    let declaration = Declaration(file)
    await machine.define(
      "recipe",
      .immediate(takesFunctions: true, takesPosition: true) { call in
        if let chunk = call.position?.chunk, chunk.contains("primitives/"), chunk != file.chunkName {
          throw LuaMisuse(kind: .place, message: "'recipe' declares a recipe in a file of its own")
        }
        try declaration.take(call)
        return []
      })
    let modules = file.modules
    await machine.setModules { try library.module($0) ?? modules.load($0) }
    do throws(LuaError) {
      let chunk = try await machine.load(file.bytes, name: file.chunkName)
      _ = try await machine.call(chunk)
      await machine.release(chunk)
    } catch {
      throw declaration.error ?? RecipeError(file: file.chunkName, line: error.position?.line, .lua(error))
    }
    return try declaration.recipe()
  }

  /// The header alone, read in a temporary machine.
  ///
  /// - Throws: ``RecipeError``.
  package static func header(of file: RecipeFile) async throws(RecipeError) -> RecipeHeader {
    try await timedHeader(of: file).header.get()
  }

  /// The header, or why it cannot be read, and the processor time that the recipe took.
  package static func timedHeader(
    of file: RecipeFile
  ) async -> (header: Result<RecipeHeader, RecipeError>, time: Duration) {
    let machine: LuaMachine
    do { machine = try LuaMachine(limits: .declarations, name: file.name) } catch {
      let problem = error as? LuaError ?? LuaError(kind: .memory, message: "\(error)")
      return (.failure(RecipeError(file: file.chunkName, .lua(problem))), .zero)
    }
    let header: Result<RecipeHeader, RecipeError>
    do throws(RecipeError) { header = .success(try await read(file, in: machine).header) } catch {
      header = .failure(error)
    }
    let time = await machine.timeUsed
    await machine.close()
    return (header, time)
  }

  /// The result of the calls of `recipe`. A `pcall` around a call does not excuse a wrong declaration, so the first
  /// error stays.
  private final class Declaration: Sendable {
    private let file: RecipeFile
    private let result = Mutex<Result<LoadedRecipe, RecipeError>?>(nil)

    init(_ file: RecipeFile) { self.file = file }

    var error: RecipeError? {
      result.withLock { if case .failure(let error) = $0 { error } else { nil } }
    }

    func take(_ call: LuaCall) throws(RecipeError) {
      let line = call.position?.line
      let outcome: Result<LoadedRecipe, RecipeError>
      do throws(DeclarationProblem) {
        let (header, run) = try RecipeDeclaration.read(call.arguments, name: file.name)
        outcome = .success(LoadedRecipe(file: file, header: header, run: run))
      } catch { outcome = .failure(RecipeError(file: file.chunkName, line: line, .declaration(error))) }
      let final: Result<LoadedRecipe, RecipeError> = result.withLock { result in
        switch result {
        case nil: result = outcome
        case .failure: break
        case .success: result = .failure(RecipeError(file: file.chunkName, line: line, .declaredTwice))
        }
        return result ?? outcome
      }
      _ = try final.get()
    }

    func recipe() throws(RecipeError) -> LoadedRecipe {
      guard let result = result.withLock({ $0 }) else {
        throw RecipeError(file: file.chunkName, .neverDeclared)
      }
      return try result.get()
    }
  }
}
