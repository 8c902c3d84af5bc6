/// Finds a recipe wherever it is: by path, among the person's own and the bundled ones, in repositories.
public struct RecipeLookup: Sendable {
  public let finder: RecipeFinder
  public let repositories: Repositories

  public struct Found: Sendable {
    public var file: RecipeFile
    /// Where it is somebody else's: what it came with.
    public var shared: SharedRecipes?
  }

  public init(finder: RecipeFinder, repositories: Repositories) {
    self.finder = finder
    self.repositories = repositories
  }

  /// - Parameter name: `close`, `acme/close`, `bundled/close`, `own/close`, or a path.
  /// - Throws: ``RecipeNotFound``, ``AmbiguousRecipe``, ``UnknownRepository``, ``AlteredRepository``,
  ///   ``LockFileError``.
  public func find(_ name: String) throws -> Found {
    let parts = name.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
    if parts.count == 2, !name.hasSuffix(".lua") {
      if let found = try find(parts[1], in: parts[0]) { return found }
    } else if !name.contains("/"), !name.hasSuffix(".lua") {
      return try find(plain: name)
    }
    return Found(file: try finder.find(name))
  }

  /// - Returns: `nil` where it may be a path.
  private func find(_ recipe: String, in repository: String) throws -> Found? {
    if repository == RepositoryName.bundled || repository == RepositoryName.own {
      return try local(recipe, in: repository).map { Found(file: $0) }
    }
    guard RepositoryName.isValid(repository) else { return nil }
    do { return try shared(recipe, try repositories.find(repository)) } catch let error as UnknownRepository {
      if Folder.exists("\(repository)/\(recipe)") { return nil }
      throw error
    }
  }

  private func local(_ recipe: String, in name: String) throws(RecipeNotFound) -> RecipeFile? {
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

  private func find(plain name: String) throws -> Found {
    let holders = try repositories.holders(of: name)
    let own: RecipeFile
    do throws(RecipeNotFound) { own = try finder.find(name) } catch {
      guard case .noRecipe(_, _, let known, let looked) = error else { throw error }
      if holders.count == 1, let holder = holders.first { return try shared(name, holder) }
      guard holders.isEmpty else { throw AmbiguousRecipe(name: name, places: holders.map(\.name)) }
      let all = known + (try sharedNames())
      throw RecipeNotFound.noRecipe(
        name: name, nearest: NearestName.find(name, among: all), known: all, looked: looked)
    }
    guard holders.isEmpty else {
      let local = own.origin == .bundled ? RepositoryName.bundled : RepositoryName.own
      throw AmbiguousRecipe(name: name, places: [local] + holders.map(\.name))
    }
    return Found(file: own)
  }

  /// For a guess; one that was altered has none.
  private func sharedNames() throws(LockFileError) -> [String] {
    var names: [String] = []
    for pinned in try repositories.pinned() {
      guard let recipes = try? repositories.load(pinned) else { continue }
      names += recipes.names
    }
    return names.sorted()
  }
}

/// A plain name that more than one place has; which one is meant must be said.
public struct AmbiguousRecipe: Error, Hashable, Sendable, CustomStringConvertible {
  public var name: String
  /// Repositories, `bundled` and `own`.
  public var places: [String]

  /// Names that are not ambiguous.
  public var names: [String] { places.map { "\($0)/\(name)" } }

  public var description: String {
    "there are \(places.count) recipes \"\(name)\"; say which one: \(names.joined(separator: ", "))"
  }
}
