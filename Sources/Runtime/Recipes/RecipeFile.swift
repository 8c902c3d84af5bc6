import Lua

/// A recipe's source, as it was found.
package struct RecipeFile: Sendable, Hashable {
  package enum Origin: Sendable, Hashable {
    /// A person named the file by its path: it is their own.
    case path
    /// From the user's folder or one of `SSH_RECIPES_PATH`.
    case user
    /// Came with the program.
    case bundled
    /// From the repository of this name, whose contents were seen to be what the lock file pins.
    case shared(repository: String)
  }

  /// The file's name without `.lua`; for a shared recipe `REPOSITORY/NAME`. What `run` is given.
  package var name: String
  package var path: String
  package var bytes: [UInt8]
  package var origin: Origin
  /// What it can load, by path in the recipe's folder, where the bytes that were checked must be the bytes that are
  /// loaded: no more of the folder than ``contents``. `nil`: modules are read from the folder when they are required.
  package var companions: [String: [UInt8]]?

  package init(
    name: String, path: String, bytes: [UInt8], origin: Origin, companions: [String: [UInt8]]? = nil
  ) {
    self.name = name
    self.path = path
    self.bytes = bytes
    self.origin = origin
    self.companions = companions
  }

  /// As messages and tracebacks call it: the path without its folders, or the repository's name and the path in it.
  package var chunkName: String {
    if case .shared = origin { return "\(name).lua" }
    return path.split(separator: "/").last.map(String.init) ?? path
  }
  /// Where `require` looks for modules.
  package var folder: String { LocalFiles.parent(of: path) }

  /// What `require` loads from.
  package var modules: RecipeModules {
    guard let companions, case .shared(let repository) = origin else { return RecipeModules(folder: folder) }
    return RecipeModules(files: companions, shownAs: repository)
  }
}
