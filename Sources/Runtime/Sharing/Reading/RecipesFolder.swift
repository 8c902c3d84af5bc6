import Synchronization

/// The files of a repository's folder of recipes, with the modules required by each. Each file is read only once, for
/// any number of recipes, since a hostile repository may have many recipes and large modules.
final class RecipesFolder: Sendable {
  /// By path in the folder.
  let files: [String: [UInt8]]
  /// All files available to `require`.
  let lua: [String: [UInt8]]
  let platforms: [String: [UInt8]]
  /// Primitives and their modules.
  let primitives: [String: [UInt8]]

  /// The modules required by one file, as paths in the folder.
  struct Required: Sendable {
    var paths: [String]
    /// Whether the file may require any module.
    var isOpen: Bool
  }

  private let known = Mutex<[String: Required]>([:])

  init(_ files: [String: [UInt8]]) {
    self.files = files
    lua = files.filter { $0.key.hasSuffix(".lua") }
    platforms = lua.filter { $0.key.hasPrefix(RecipeContents.platforms) }
    primitives = lua.filter { $0.key.hasPrefix(RecipeContents.primitives) }
  }

  convenience init(_ contents: RepositoryContents) {
    self.init(Self.files(in: RepositoryContents.folder, of: contents.files))
  }

  /// The primitives and their modules, by path in the folder of primitives.
  var ownPrimitives: [String: [UInt8]] { Self.files(in: RecipeContents.primitives, of: primitives) }

  /// The files of a folder, by path in that folder.
  ///
  /// - Parameter folder: with a `/` at the end.
  private static func files(in folder: String, of files: [String: [UInt8]]) -> [String: [UInt8]] {
    let pairs = files.filter { $0.key.hasPrefix(folder) }.map { (String($0.key.dropFirst(folder.count)), $0.value) }
    return Dictionary(pairs, uniquingKeysWith: { first, _ in first })
  }

  /// - Returns: no modules for a missing file.
  func required(by path: String) -> Required {
    if let found = known.withLock({ $0[path] }) { return found }
    let modules = RequiredModules(in: files[path] ?? [])
    let required = Required(
      paths: modules.names.map { $0.replacing(".", with: "/") + ".lua" }, isOpen: modules.isOpen)
    known.withLock { $0[path] = required }
    return required
  }
}
