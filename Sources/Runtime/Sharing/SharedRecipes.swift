/// The recipes among a repository's contents.
public struct SharedRecipes: Sendable {
  public let repository: LockedRepository
  public let contents: RepositoryContents
  /// Where people can read the files.
  public let path: String
  public let standing: LockStanding

  public init(
    _ repository: LockedRepository, _ contents: RepositoryContents, path: String, standing: LockStanding = .own
  ) {
    self.repository = repository
    self.contents = contents
    self.path = path
    self.standing = standing
  }

  /// The files that may be recipes, by name; modules lie in the same folder, and never call `recipe`.
  public var names: [String] {
    contents.files.keys.compactMap { path -> String? in
      guard path.hasPrefix(RepositoryContents.folder), path.hasSuffix(".lua") else { return nil }
      let name = String(path.dropFirst(RepositoryContents.folder.count).dropLast(4))
      return name.contains("/") || !RecipeFinder.isRecipeName(name) ? nil : name
    }.sorted()
  }

  /// Everything that it can load is what was checked, and nothing that reading it does not tell: ``RecipeContents``.
  public func file(_ name: String) -> RecipeFile? {
    guard !name.contains("/"), let bytes = contents.files["\(RepositoryContents.folder)\(name).lua"] else { return nil }
    return RecipeFile(
      name: "\(repository.name)/\(name)", path: "\(path)/\(RepositoryContents.folder)\(name).lua", bytes: bytes,
      origin: .shared(repository: repository.name), companions: companions
    ).heldToItsContents
  }

  private var companions: [String: [UInt8]] {
    var files: [String: [UInt8]] = [:]
    for (path, bytes) in contents.files where path.hasPrefix(RepositoryContents.folder) {
      files[String(path.dropFirst(RepositoryContents.folder.count))] = bytes
    }
    return files
  }

  /// Files of platforms, which count for the recipes of this repository alone.
  public var platforms: [(name: String, bytes: [UInt8])] {
    let folder = RepositoryContents.folder + "platforms/"
    return contents.files.filter { $0.key.hasPrefix(folder) && $0.key.hasSuffix(".lua") }
      .filter { !$0.key.dropFirst(folder.count).contains("/") }
      .map { (name: "\(repository.name)/\($0.key.dropFirst(RepositoryContents.folder.count))", bytes: $0.value) }
      .sorted { $0.name < $1.name }
  }

  /// A recipe, or why it cannot be read.
  public typealias Entry = (name: String, header: Result<RecipeHeader, RecipeError>)

  /// What all its recipes say of themselves. Nothing of them runs but their top level.
  public func headers() async -> [Entry] {
    var entries: [Entry] = []
    for name in names {
      guard let file = file(name) else { continue }
      do throws(RecipeError) { entries.append((name, .success(try await RecipeReader.header(of: file)))) } catch {
        if error.problem != .neverDeclared { entries.append((name, .failure(error))) }
      }
    }
    return entries
  }
}
