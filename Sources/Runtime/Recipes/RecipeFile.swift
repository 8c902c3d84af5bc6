/// A recipe's source, as it was found.
public struct RecipeFile: Sendable, Hashable {
  public enum Origin: String, Sendable, Hashable {
    /// A person named the file by its path: it is their own.
    case path
    /// From the user's folder or one of `SSH_RECIPES_PATH`.
    case user
    /// Came with the program.
    case bundled
  }

  /// The file's name without `.lua`.
  public var name: String
  public var path: String
  public var bytes: [UInt8]
  public var origin: Origin

  public init(name: String, path: String, bytes: [UInt8], origin: Origin) {
    self.name = name
    self.path = path
    self.bytes = bytes
    self.origin = origin
  }

  /// As messages and tracebacks call it: the path without its folders.
  public var chunkName: String { path.split(separator: "/").last.map(String.init) ?? path }
  /// Where `require` looks for modules.
  public var folder: String { Folder.parent(of: path) }
}
