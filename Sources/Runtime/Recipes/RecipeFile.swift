import Lua

/// A recipe's source as found.
package struct RecipeFile: Sendable, Hashable {
  package enum Origin: Sendable, Hashable {
    /// Given by path on the command line, so the file is the user's own.
    case path
    /// From the user's folder, or a folder in `SSH_RECIPES_PATH`.
    case user
    /// Bundled with the program.
    case bundled
    /// From the repository of this name, with contents verified against the lock file.
    case shared(repository: String)
  }

  /// The name for `run`: the file's name without `.lua`; for a shared recipe `REPOSITORY/NAME`.
  package var name: String
  package var path: String
  package var bytes: [UInt8]
  package var origin: Origin
  /// The files that the recipe can load, by path in its folder, so that exactly the verified bytes are loaded: no more
  /// of the folder than ``contents``. `nil` to read modules from the folder when required.
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

  /// The name in messages and tracebacks: the file name, or the repository's name and the path in it.
  package var chunkName: String {
    if case .shared = origin { return "\(name).lua" }
    return path.split(separator: "/").last.map(String.init) ?? path
  }
  /// The folder in which `require` looks for modules.
  package var folder: String { LocalFiles.parent(of: path) }

  /// The modules for `require`.
  package var modules: RecipeModules {
    guard let companions else { return RecipeModules(folder: folder) }
    if case .shared(let repository) = origin { return RecipeModules(files: companions, shownAs: repository) }
    return RecipeModules(files: companions, shownAs: name)
  }
}
