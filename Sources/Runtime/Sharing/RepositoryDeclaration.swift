import Lua
import Recipes
import Synchronization
import Values

/// A repository's own description in `repository.lua`: `repository { name = …, summary = …, needs_version = … }`.
package struct RepositoryDeclaration: Sendable, Hashable {
  /// The suggested name.
  package var name: String?
  package var summary: String?
  /// The oldest version of ssh-recipes with which the recipes work, such as `0.2`.
  package var needsVersion: String?

  package init(name: String? = nil, summary: String? = nil, needsVersion: String? = nil) {
    self.name = name
    self.summary = summary
    self.needsVersion = needsVersion
  }

  /// Runs the optional file in its own sandbox, in which it can do no more than declare.
  ///
  /// - Throws: ``RecipeError``.
  package static func read(_ contents: RepositoryContents) async throws(RecipeError) -> RepositoryDeclaration {
    let file = RepositoryContents.declaration
    guard let bytes = contents.files[file] else { return RepositoryDeclaration() }
    let machine: LuaMachine
    do { machine = try LuaMachine(limits: .declarations, name: file) } catch {
      throw RecipeError(file: file, .lua(error as? LuaError ?? LuaError(kind: .memory, message: "\(error)")))
    }
    let declared = Declared()
    await machine.define(
      "repository",
      .immediate(takesPosition: true) { call in
        try declared.take(call)
        return []
      })
    let result: Result<RepositoryDeclaration, RecipeError>
    do throws(LuaError) {
      let chunk = try await machine.load(bytes, name: file)
      _ = try await machine.call(chunk)
      result = declared.result
    } catch {
      if case .failure(let problem) = declared.result, declared.isThere {
        result = .failure(problem)
      } else {
        result = .failure(RecipeError(file: file, line: error.position?.line, .lua(error)))
      }
    }
    await machine.close()
    return try result.get()
  }

  /// Whether this program is new enough.
  package func isMet(by version: String) -> Bool {
    guard let needsVersion else { return true }
    let (needed, own) = (Self.numbers(needsVersion), Self.numbers(version))
    for index in 0..<max(needed.count, own.count) {
      let (need, have) = (index < needed.count ? needed[index] : 0, index < own.count ? own[index] : 0)
      if need != have { return have > need }
    }
    return true
  }

  private static func numbers(_ version: String) -> [Int] { version.split(separator: ".").map { Int($0) ?? 0 } }

  fileprivate init(_ arguments: [LuaValue]) throws(DeclarationProblem) {
    let place = "the repository"
    let table = try DeclarationTable(
      arguments.first ?? .nil, place: place, fields: ["name", "summary", "needs_version"])
    name = try table.text("name")
    summary = try table.text("summary")
    needsVersion = try table.text("needs_version")
    if let name, !RepositoryName.isValid(name) {
      throw .mismatch(
        field: "name", place: place, expected: "lower-case letters, digits, \"-\" and \"_\"", got: "\"\(name)\"")
    }
    if let needsVersion, needsVersion.wholeMatch(of: /[0-9]{1,6}(\.[0-9]{1,6}){0,2}/) == nil {
      throw .mismatch(
        field: "needs_version", place: place, expected: "a version such as \"0.1\"", got: "\"\(needsVersion)\"")
    }
  }

  /// The result of the calls of `repository`. As in recipes, the first error stays.
  private final class Declared: Sendable {
    private let found = Mutex<Result<RepositoryDeclaration, RecipeError>?>(nil)

    var isThere: Bool { found.withLock { $0 != nil } }

    var result: Result<RepositoryDeclaration, RecipeError> {
      found.withLock { $0 }
        ?? .failure(
          RecipeError(
            file: RepositoryContents.declaration,
            .declaration(.missing("repository { … }", place: "the file", meaning: "the repository's name and summary"))
          ))
    }

    func take(_ call: LuaCall) throws(RecipeError) {
      let line = call.position?.line
      let outcome: Result<RepositoryDeclaration, RecipeError>
      do throws(DeclarationProblem) { outcome = .success(try RepositoryDeclaration(call.arguments)) } catch {
        outcome = .failure(RecipeError(file: RepositoryContents.declaration, line: line, .declaration(error)))
      }
      let final = found.withLock { found in
        if found == nil { found = outcome }
        return found ?? outcome
      }
      _ = try final.get()
    }
  }
}
