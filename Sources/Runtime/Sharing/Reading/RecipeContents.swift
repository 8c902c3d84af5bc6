/// What one run of a shared recipe can load: the recipe, the modules that it and they name, the platforms of its
/// repository. Consent is given to exactly this, so a change of another recipe in the repository asks nobody.
///
/// What a source names can be read off it; what it computes cannot. So a `require` of anything but a plain name opens all
/// modules, and a module that got by the reading all the same is not there for the run: ``RecipeFile/companions`` is
/// held to these files.
public struct RecipeContents: Sendable, Hashable {
  /// By path in the folder of recipes.
  public let files: [String: [UInt8]]

  /// Of a repository's folder of recipes.
  static let platforms = "platforms/"

  /// - Parameters:
  ///   - recipe: its path in the folder of recipes.
  ///   - folder: all files of that folder.
  public init(recipe: String, in folder: [String: [UInt8]]) {
    var files = folder.filter { $0.key.hasPrefix(Self.platforms) && $0.key.hasSuffix(".lua") }
    var waiting = [recipe]
    var isOpen = false
    while let path = waiting.popLast() {
      guard let bytes = folder[path], files.updateValue(bytes, forKey: path) == nil || path == recipe else { continue }
      let required = RequiredModules(in: bytes)
      waiting += required.names.map { $0.replacing(".", with: "/") + ".lua" }.filter { files[$0] == nil }
      guard required.isOpen, !isOpen else { continue }
      isOpen = true
      waiting += folder.keys.filter { $0.hasSuffix(".lua") && files[$0] == nil }
    }
    self.files = files
  }

  /// SHA-256 over all files, by path; each path and text with its length, so that no two sets of files give the same.
  public var digest: String {
    var text: [UInt8] = []
    for (path, bytes) in files.sorted(by: { $0.key < $1.key }) {
      text += Array("file \(path.utf8.count) \(path) \(bytes.count)\n".utf8) + bytes
    }
    return SHA256.hexadecimal(text)
  }

  /// Of each file, so that a change can be told by its files' names.
  var fileDigests: [String: String] { files.mapValues { SHA256.hexadecimal($0) } }
}
