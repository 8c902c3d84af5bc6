import Contract
import Primitives
import Recipes

/// The recipes of a repository about to be published, each read and checked.
struct RecipeReading {
  private(set) var headers: [RecipeHeader] = []
  private(set) var problems: [PublishingProblem] = []
  /// Modules that no recipe requires, by path from the top of the repository.
  private(set) var unrequired: [String] = []

  private let folder: RepositoryFolder
  private var catalogue = Catalogue.builtIn
  private let recipes: RecipesFolder
  /// The permissions used by each source read, by path in the folder of recipes.
  private var used: [String: Set<Permission>] = [:]

  init(_ folder: RepositoryFolder) async {
    self.folder = folder
    recipes = RecipesFolder(folder.contents)
    await readPrimitives()
    var required: Set<String> = []
    var modules: [String] = []
    for path in recipes.lua.keys.sorted() where !Self.isShared(path) {
      let closure = RecipeContents(recipe: path, in: recipes)
      if isTest(path) {
        required.formUnion(closure.files.keys)
      } else if path.contains("/") {
        modules.append(path)
      } else if await read(path, closure) {
        required.formUnion(closure.files.keys)
      } else {
        modules.append(path)
      }
    }
    unrequired = modules.filter { !required.contains($0) }.map { RepositoryContents.folder + $0 }
  }

  /// Whether the file belongs to all recipes of the repository: a platform, or a primitive.
  private static func isShared(_ path: String) -> Bool {
    path.hasPrefix(RecipeContents.platforms) || path.hasPrefix(RecipeContents.primitives)
  }

  private mutating func readPrimitives() async {
    do throws(PrimitiveError) {
      let own = PrimitiveLayer(files: recipes.ownPrimitives, repository: "recipes")
      let library = try await PrimitiveLibrary.bundled(with: own)
      catalogue = Catalogue(Catalogue.builtIn.primitives + library.primitives)
    } catch { problems.append(.primitive(error)) }
  }

  private func isTest(_ path: String) -> Bool { path.hasSuffix("_test.lua") || path.hasSuffix(".test.lua") }

  /// - Returns: whether the file is a recipe, or appears to be meant as a recipe.
  private mutating func read(_ path: String, _ closure: RecipeContents) async -> Bool {
    let name = String(path.dropLast(4))
    let shown = RepositoryContents.folder + path
    let file = RecipeFile(
      name: RepositoryContents.folder + name, path: "\(folder.path)/\(shown)", bytes: recipes.files[path] ?? [],
      origin: .shared(repository: "recipes"),
      companions: closure.files)
    do throws(RecipeError) {
      var header = try await RecipeReader.header(of: file)
      header.name = name
      headers.append(header)
      judge(header, shown, closure)
    } catch {
      if error.problem == .neverDeclared { return false }
      problems.append(.recipe(error))
    }
    return true
  }

  private mutating func judge(_ header: RecipeHeader, _ shown: String, _ closure: RecipeContents) {
    let length = header.summary.count
    if length > PublishingProblem.longestSummary || header.summary.contains(where: \.isNewline) {
      problems.append(.summaryLong(recipe: shown, length: length))
    }
    var unused = header.needs
    for (path, bytes) in closure.files where !Self.isShared(path) {
      unused.subtract(permissions(usedBy: path, bytes))
    }
    problems += Permission.allCases.filter(unused.contains).map { .unused($0, recipe: shown) }
  }

  private mutating func permissions(usedBy path: String, _ bytes: [UInt8]) -> Set<Permission> {
    if let known = used[path] { return known }
    let permissions = UsedPermissions(in: [bytes], calling: catalogue).permissions
    used[path] = permissions
    return permissions
  }
}
