import Formats

/// The files that one run of a shared recipe can load: the recipe, the modules named in these files, and the platforms
/// and primitives of the repository. Consent is given to exactly these files, so a change of another recipe does not ask
/// for consent.
///
/// Names in a source can be read, but computed names cannot. So a `require` without a plain name makes all modules
/// available, and a module that the reading missed does not exist for the run: ``RecipeFile/companions`` is limited to
/// these files.
package struct RecipeContents: Sendable, Hashable {
  /// By path in the folder of recipes.
  package let files: [String: [UInt8]]

  /// Of a repository's folder of recipes.
  static let platforms = "platforms/"
  static let primitives = "primitives/"

  /// - Parameters:
  ///   - recipe: its path in the folder of recipes.
  ///   - folder: all files of that folder.
  package init(recipe: String, in folder: [String: [UInt8]]) { self.init(recipe: recipe, in: RecipesFolder(folder)) }

  init(recipe: String, in folder: RecipesFolder) {
    var files = folder.platforms.merging(folder.primitives) { first, _ in first }
    var waiting = [recipe]
    var seen: Set = [recipe]
    while let path = waiting.popLast() {
      guard let bytes = folder.files[path] else { continue }
      files[path] = bytes
      let required = folder.required(by: path)
      guard !required.isOpen else {
        // All modules are included now.
        files = folder.lua
        if files[recipe] == nil { files[recipe] = folder.files[recipe] }
        break
      }
      waiting += required.paths.filter { seen.insert($0).inserted }
    }
    self.files = files
  }

  /// SHA-256 over all files, by path; each path and text with its length, so that different sets of files give
  /// different texts.
  package var digest: String {
    var text: [UInt8] = []
    for (path, bytes) in files.sorted(by: { $0.key < $1.key }) {
      text += Array("file \(path.utf8.count) \(path) \(bytes.count)\n".utf8) + bytes
    }
    return SHA256.hexadecimal(text)
  }

  /// For each file, so that changes can be described by file names.
  var fileDigests: [String: String] { files.mapValues { SHA256.hexadecimal($0) } }
}
