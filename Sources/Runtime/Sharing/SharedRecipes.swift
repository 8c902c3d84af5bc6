import Recipes

/// The recipes among a repository's contents.
package struct SharedRecipes: Sendable {
  package let repository: LockedRepository
  package let contents: RepositoryContents
  private let folder: RecipesFolder
  /// The path at which people can read the files.
  package let path: String
  package let standing: LockStanding

  package init(
    _ repository: LockedRepository, _ contents: RepositoryContents, path: String, standing: LockStanding = .own
  ) {
    self.repository = repository
    self.contents = contents
    folder = RecipesFolder(contents)
    self.path = path
    self.standing = standing
  }

  /// The files that may be recipes, by name; modules are in the same folder, but never call `recipe`.
  package var names: [String] {
    contents.files.keys.compactMap { Self.name(ofFile: $0) }.sorted()
  }

  /// - Parameter path: from the top of the repository.
  static func name(ofFile path: String) -> String? {
    guard path.hasPrefix(RepositoryContents.folder), path.hasSuffix(".lua") else { return nil }
    let name = String(path.dropFirst(RepositoryContents.folder.count).dropLast(4))
    return name.contains("/") || !RecipeFinder.isRecipeName(name) ? nil : name
  }

  /// The recipe's file. A run can load only verified bytes, and only files found by reading the sources:
  /// ``RecipeContents``.
  package func file(_ name: String) -> RecipeFile? {
    guard !name.contains("/"), let bytes = folder.files["\(name).lua"] else { return nil }
    // Exactly the files of the consent are available to the run.
    return RecipeFile(
      name: "\(repository.name)/\(name)", path: "\(path)/\(RepositoryContents.folder)\(name).lua", bytes: bytes,
      origin: .shared(repository: repository.name),
      companions: RecipeContents(recipe: "\(name).lua", in: folder).files)
  }

  /// Files of platforms, which apply only to the recipes of this repository.
  package var platforms: [(name: String, bytes: [UInt8])] {
    let folder = RepositoryContents.folder + "platforms/"
    return contents.files.filter { $0.key.hasPrefix(folder) && $0.key.hasSuffix(".lua") }
      .filter { !$0.key.dropFirst(folder.count).contains("/") }
      .map { (name: "\(repository.name)/\($0.key.dropFirst(RepositoryContents.folder.count))", bytes: $0.value) }
      .sorted { $0.name < $1.name }
  }

  /// Primitives and their modules, by path in the folder of primitives. Only the recipes of this repository can call
  /// the primitives.
  package var primitives: [String: [UInt8]] { folder.ownPrimitives }

  /// A recipe, or why it cannot be read.
  package typealias Entry = (name: String, header: Result<RecipeHeader, RecipeError>)

  /// Processor time, enough to read the largest allowed number of recipes on a slow computer.
  package static let timeToRead: Duration = .seconds(10)

  /// The headers of all recipes. Only the top level of each recipe runs.
  ///
  /// - Parameter limit: for all recipes together, since a repository may have many, each with its own time limit.
  package func headers(within limit: Duration = timeToRead) async -> [Entry] {
    var spent = Duration.zero
    var entries: [Entry] = []
    for name in names {
      guard spent < limit else {
        entries.append((name, .failure(RecipeError(file: "\(repository.name)/\(name).lua", .unread(limit: limit)))))
        continue
      }
      guard let file = file(name) else { continue }
      let (header, time) = await RecipeReader.timedHeader(of: file)
      spent += time
      if case .failure(let error) = header, error.problem == .neverDeclared { continue }
      entries.append((name, header))
    }
    return entries
  }
}
