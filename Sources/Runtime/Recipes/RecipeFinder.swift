import Values

/// Finds recipes: by path, then in the user's folders, then among the bundled recipes.
package struct RecipeFinder: Sendable {
  /// People read recipes; a larger file is not a recipe.
  static let sizeLimit = 1 << 20

  package var places: RecipePlaces

  package init(places: RecipePlaces = .standard()) { self.places = places }

  /// - Parameter name: a name as in `list`, or a path, which contains a `/` or ends in `.lua`.
  /// - Throws: ``RecipeNotFound``.
  package func find(_ name: String) throws(RecipeNotFound) -> RecipeFile {
    if name.contains("/") || name.hasSuffix(".lua") {
      guard let file = try Self.read(name, .path) else { throw .noFile(path: name) }
      return file
    }
    for place in places.recipes {
      if let file = try Self.read("\(place.path)/\(name).lua", place.origin) { return file }
    }
    let known = names()
    throw .noRecipe(name: name, nearest: NearestName.find(name, among: known), known: known, looked: looked)
  }

  /// Every file that may be a recipe, by name; of files with the same name, the file that ``find(_:)`` returns. Modules
  /// are in the same folders: a file that never calls `recipe` is not a recipe.
  ///
  /// - Throws: ``RecipeNotFound`` for a file that cannot be read.
  package func list() throws(RecipeNotFound) -> [RecipeFile] {
    var files: [RecipeFile] = []
    for name in names() { files.append(try find(name)) }
    return files
  }

  private var looked: [String] { places.recipes.map(\.path) }

  /// The names of all files that may be recipes.
  package func names() -> [String] {
    let files = Set(places.recipes.flatMap { LocalFiles.luaFiles(in: $0.path) })
    return files.map { String($0.dropLast(4)) }.filter(Self.isRecipeName).sorted()
  }

  /// Tests are in the same folders as recipes.
  package static func isRecipeName(_ name: String) -> Bool { !name.hasSuffix("_test") && !name.hasSuffix(".test") }

  private static func read(_ path: String, _ origin: RecipeFile.Origin) throws(RecipeNotFound) -> RecipeFile? {
    let bytes: [UInt8]
    do { bytes = try LocalFiles.contents(of: path, limit: sizeLimit) } catch {
      guard LocalFiles.isMissing(error) else { throw .unreadable(path: path, reason: LocalFiles.reason(error)) }
      return nil
    }
    let file = path.split(separator: "/").last.map(String.init) ?? path
    let name = file.hasSuffix(".lua") ? String(file.dropLast(4)) : file
    return RecipeFile(name: name, path: path, bytes: bytes, origin: origin)
  }
}

/// There is no recipe with this name or path.
package enum RecipeNotFound: Error, Hashable, Sendable {
  case noFile(path: String)
  case noRecipe(name: String, nearest: String?, known: [String], looked: [String])
  case unreadable(path: String, reason: String)
}

extension RecipeNotFound: CustomStringConvertible {
  package var description: String {
    switch self {
    case .noFile(let path): return "there is no file \"\(path)\""
    case .unreadable(let path, let reason): return "the recipe \"\(path)\" cannot be read: \(reason)"
    case .noRecipe(let name, let nearest, let known, let looked):
      let places = looked.isEmpty ? "" : " (looked in \(looked.joined(separator: ", ")))"
      return "there is no recipe \"\(name)\"" + Wording.guess(nearest, known: known, of: "recipes") + places
    }
  }
}
