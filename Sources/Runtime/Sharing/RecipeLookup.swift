import Recipes
import Values

/// Finds a recipe in any place: by path, among the user's own and the bundled recipes, or in repositories.
package struct RecipeLookup: Sendable {
  package let finder: RecipeFinder
  package let repositories: Repositories

  package struct Found: Sendable {
    package var file: RecipeFile
    /// The repository's recipes, if the recipe is shared.
    package var shared: SharedRecipes?
  }

  package init(finder: RecipeFinder, repositories: Repositories) {
    self.finder = finder
    self.repositories = repositories
  }

  /// - Parameter name: `close`, `acme/close`, `bundled/close`, `own/close`, or a path.
  /// - Throws: ``RecipeNotFound``, ``AmbiguousRecipe``, ``UnknownRepository``, ``AlteredRepository``,
  ///   ``LockFileError``.
  package func find(_ name: String) async throws -> Found {
    let parts = name.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
    let isPath = name.hasSuffix(".lua") || parts.count > 2 || ["", ".", ".."].contains(parts[0])
    if isPath { return Found(file: try finder.find(name)) }
    return parts.count == 2 ? try find(parts[1], in: parts[0]) : try await find(plain: name)
  }

  /// Never finds a file in the working folder: if the repository is missing or misspelt, the file would run without
  /// consent.
  private func find(_ recipe: String, in repository: String) throws -> Found {
    if repository == RepositoryName.bundled || repository == RepositoryName.own {
      return Found(file: try local(recipe, in: repository))
    }
    do { return try shared(recipe, try repositories.find(repository)) } catch var error as UnknownRepository {
      if LocalFiles.exists("\(repository)/\(recipe)") { error.file = "./\(repository)/\(recipe)" }
      throw error
    }
  }

  private func local(_ recipe: String, in name: String) throws(RecipeNotFound) -> RecipeFile {
    let origin: RecipeFile.Origin = name == RepositoryName.bundled ? .bundled : .user
    var finder = finder
    finder.places.recipes.removeAll { $0.origin != origin }
    return try finder.find(recipe)
  }

  private func shared(_ recipe: String, _ pinned: Repositories.Pinned) throws -> Found {
    let recipes = try repositories.load(pinned)
    guard let file = recipes.file(recipe) else {
      let known = recipes.names.map { "\(pinned.name)/\($0)" }
      let name = "\(pinned.name)/\(recipe)"
      throw RecipeNotFound.noRecipe(
        name: name, nearest: NearestName.find(name, among: known), known: known, looked: [])
    }
    return Found(file: file, shared: recipes)
  }

  private func find(plain name: String) async throws -> Found {
    var holders = try repositories.holders(of: name)
    var own: RecipeFile?
    var problem: RecipeNotFound?
    do throws(RecipeNotFound) { own = try finder.find(name) } catch {
      guard case .noRecipe = error else { throw error }
      problem = error
    }
    if holders.count + (own == nil ? 0 : 1) > 1 { (own, holders) = await recipes(own, holders, name: name) }
    if holders.isEmpty, let own { return Found(file: own) }
    if own == nil, holders.count == 1, let holder = holders.first { return try shared(name, holder) }
    if let own {
      let local = own.origin == .bundled ? RepositoryName.bundled : RepositoryName.own
      throw AmbiguousRecipe(name: name, places: [local] + holders.map(\.name))
    }
    guard holders.isEmpty else { throw AmbiguousRecipe(name: name, places: holders.map(\.name)) }
    guard case .noRecipe(_, _, let known, let looked) = problem else { throw RecipeNotFound.noFile(path: name) }
    let all = known + (try sharedNames())
    throw RecipeNotFound.noRecipe(
      name: name, nearest: NearestName.find(name, among: all), known: all, looked: looked)
  }

  /// Keeps the files that are recipes, since modules are in the same folders. If all are modules, keeps the first,
  /// whose error explains the mistake.
  private func recipes(
    _ own: RecipeFile?, _ holders: [Repositories.Pinned], name: String
  ) async -> (own: RecipeFile?, holders: [Repositories.Pinned]) {
    var found: [Repositories.Pinned] = []
    for holder in holders {
      // An altered repository counts as a recipe: an attacker must not decide which recipe a plain name finds.
      guard let file = (try? repositories.load(holder))?.file(name) else {
        found.append(holder)
        continue
      }
      if await Self.isRecipe(file) { found.append(holder) }
    }
    if let own, await Self.isRecipe(own) { return (own, found) }
    guard found.isEmpty else { return (nil, found) }
    return own == nil ? (nil, Array(holders.prefix(1))) : (own, [])
  }

  private static func isRecipe(_ file: RecipeFile) async -> Bool {
    do throws(RecipeError) { _ = try await RecipeReader.header(of: file) } catch {
      return error.problem != .neverDeclared
    }
    return true
  }

  /// For guesses of names; skips altered repositories.
  private func sharedNames() throws(LockFileError) -> [String] {
    var names: [String] = []
    for pinned in try repositories.pinned() {
      guard let recipes = try? repositories.load(pinned) else { continue }
      names += recipes.names
    }
    return names.sorted()
  }
}

/// A plain name found in several places; the user must choose one.
package struct AmbiguousRecipe: Error, Hashable, Sendable, CustomStringConvertible {
  package var name: String
  /// Repositories, `bundled` and `own`.
  package var places: [String]

  /// The full names, which are not ambiguous.
  package var names: [String] { places.map { "\($0)/\(name)" } }

  package var description: String {
    "there are \(places.count) recipes \"\(name)\"; choose one by its full name: \(names.joined(separator: ", "))"
  }
}
