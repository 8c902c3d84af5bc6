import Formats

/// What one run of a shared recipe can load: the recipe, the modules that it and they name, the platforms of its
/// repository. Consent is given to exactly this, so a change of another recipe in the repository asks nobody.
///
/// What a source names can be read off it; what it computes cannot. So a `require` of anything but a plain name opens all
/// modules, and a module that got by the reading all the same is not there for the run: ``RecipeFile/companions`` is
/// held to these files.
package struct RecipeContents: Sendable, Hashable {
  /// By path in the folder of recipes.
  package let files: [String: [UInt8]]

  /// Of a repository's folder of recipes.
  static let platforms = "platforms/"

  /// - Parameters:
  ///   - recipe: its path in the folder of recipes.
  ///   - folder: all files of that folder.
  package init(recipe: String, in folder: [String: [UInt8]]) { self.init(recipe: recipe, in: RecipesFolder(folder)) }

  init(recipe: String, in folder: RecipesFolder) {
    var files = folder.platforms
    var waiting = [recipe]
    var seen: Set = [recipe]
    while let path = waiting.popLast() {
      guard let bytes = folder.files[path] else { continue }
      files[path] = bytes
      let required = folder.required(by: path)
      guard !required.isOpen else {
        // No module can add to that.
        files = folder.lua
        if files[recipe] == nil { files[recipe] = folder.files[recipe] }
        break
      }
      waiting += required.paths.filter { seen.insert($0).inserted }
    }
    self.files = files
  }

  /// SHA-256 over all files, by path; each path and text with its length, so that no two sets of files give the same.
  package var digest: String {
    var text: [UInt8] = []
    for (path, bytes) in files.sorted(by: { $0.key < $1.key }) {
      text += Array("file \(path.utf8.count) \(path) \(bytes.count)\n".utf8) + bytes
    }
    return SHA256.hexadecimal(text)
  }

  /// Of each file, so that a change can be told by its files' names.
  var fileDigests: [String: String] { files.mapValues { SHA256.hexadecimal($0) } }
}
