import Contract
import Formats
import Recipes

/// The changes of an update, shown before the update is made: above all, the permissions that recipes would gain.
package struct RepositoryDifference: Sendable {
  package struct Recipe: Sendable {
    package var name: String
    /// `nil` if the recipe does not exist or cannot be read.
    package var old: RecipeHeader?
    package var new: RecipeHeader?
    /// Why the new version cannot be read.
    package var problem: RecipeError?
    package var isThere: (old: Bool, new: Bool)

    /// The permissions gained by a recipe that exists before and after.
    package var gained: Set<Permission> {
      guard let old, let new else { return [] }
      return new.needs.subtracting(old.needs)
    }
    /// Whether the new permissions are unknown while the old were known; a later reading may succeed.
    var isUnknown: Bool {
      if case .unread = problem?.problem { return true }
      return problem != nil && old != nil
    }
    package var lost: Set<Permission> {
      guard let old, let new else { return [] }
      return old.needs.subtracting(new.needs)
    }
  }

  /// The recipes added, removed or changed, by name.
  package private(set) var recipes: [Recipe]
  /// Paths of all differing files: added, removed, changed.
  package private(set) var files: [String]
  /// Added primitives, and primitives with more permissions, each with the permissions gained.
  package private(set) var primitives: [String: Set<Permission>] = [:]
  private let old: RepositoryContents
  private let new: RepositoryContents

  static func between(_ old: SharedRecipes, and new: SharedRecipes) async -> RepositoryDifference {
    var difference = RepositoryDifference(
      old.contents, new.contents, before: await old.headers(), after: await new.headers())
    let before = (try? await old.primitiveNeeds()) ?? [:]
    // An unreadable primitive keeps the repository's recipes from running, so no permission is gained.
    for (name, needs) in (try? await new.primitiveNeeds()) ?? [:] {
      let gained = needs.subtracting(before[name] ?? [])
      if before[name] == nil || !gained.isEmpty { difference.primitives[name] = gained }
    }
    return difference
  }

  private init(
    _ old: RepositoryContents, _ new: RepositoryContents, before: [SharedRecipes.Entry],
    after: [SharedRecipes.Entry]
  ) {
    self.old = old
    self.new = new
    let paths = Set(old.files.keys).union(new.files.keys)
    files = paths.filter { old.files[$0] != new.files[$0] }.sorted()
    let (left, right) = (Self.byName(before), Self.byName(after))
    recipes = []
    for name in Set(left.keys).union(right.keys).sorted() {
      let path = "\(RepositoryContents.folder)\(name).lua"
      var recipe = Recipe(name: name, isThere: (left[name] != nil, right[name] != nil))
      recipe.old = try? left[name]?.get()
      recipe.new = try? right[name]?.get()
      if case .failure(let problem) = right[name] { recipe.problem = problem }
      // A module may produce a header, which can then change while the recipe's file does not.
      let isSame = old.files[path] == new.files[path] && recipe.old == recipe.new && recipe.problem == nil
      if !isSame { recipes.append(recipe) }
    }
  }

  private static func byName(_ entries: [SharedRecipes.Entry]) -> [String: Result<RecipeHeader, RecipeError>] {
    Dictionary(entries.map { ($0.name, $0.header) }, uniquingKeysWith: { first, _ in first })
  }

  package var isEmpty: Bool { files.isEmpty }

  /// The platforms added or changed: their commands restart a server, and run as root.
  package var changedPlatforms: [String] {
    files.filter { $0.hasPrefix(RepositoryContents.folder + "platforms/") && new.files[$0] != nil }
  }

  /// Whether any recipe or primitive gains permissions, or might.
  package var isWider: Bool { recipesAreWider || primitivesAreWider }

  package var recipesAreWider: Bool {
    recipes.contains { !$0.gained.isEmpty || $0.isUnknown } || !changedPlatforms.isEmpty
  }

  package var primitivesAreWider: Bool { primitives.values.contains { !$0.isEmpty } }

  /// Differing files other than recipes: modules, tests and so on.
  package var otherFiles: [String] {
    let own = Set(recipes.map { "\(RepositoryContents.folder)\($0.name).lua" })
    return files.filter { !own.contains($0) }
  }

  /// `+`, `-` or `~`.
  package func mark(of path: String) -> Character {
    old.files[path] == nil ? "+" : new.files[path] == nil ? "-" : "~"
  }

  /// All differences in the form of `diff -u`, with raw bytes: the caller must make them visible for a terminal.
  package var unified: String {
    var effort = LineEdits.effort
    return files.compactMap { LineDiff.unified(old.files[$0], new.files[$0] ?? [], path: $0, effort: &effort) }.joined()
  }
}
