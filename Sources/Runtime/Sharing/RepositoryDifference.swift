import Contract
import Formats
import Recipes

/// What an update changes: told before it is taken, and above all what recipes may do then that they may not now.
package struct RepositoryDifference: Sendable {
  package struct Recipe: Sendable {
    package var name: String
    /// `nil`: it is not there, or cannot be read.
    package var old: RecipeHeader?
    package var new: RecipeHeader?
    /// Why the new one cannot be read.
    package var problem: RecipeError?
    package var isThere: (old: Bool, new: Bool)

    /// What it may do then and not now, for one that is there before and after.
    package var gained: Set<Permission> {
      guard let old, let new else { return [] }
      return new.needs.subtracting(old.needs)
    }
    /// Whether what it may do then cannot be told, and could before; the next reading may come further.
    var isUnknown: Bool {
      if case .unread = problem?.problem { return true }
      return problem != nil && old != nil
    }
    package var lost: Set<Permission> {
      guard let old, let new else { return [] }
      return old.needs.subtracting(new.needs)
    }
  }

  /// Those that are added, removed or changed themselves, by name.
  package private(set) var recipes: [Recipe]
  /// Paths of all files that differ: added, removed, changed.
  package private(set) var files: [String]
  private let old: RepositoryContents
  private let new: RepositoryContents

  static func between(_ old: SharedRecipes, and new: SharedRecipes) async -> RepositoryDifference {
    RepositoryDifference(
      old.contents, new.contents, before: await old.headers(), after: await new.headers())
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
      // A header may come out of a module, so it can change where its file does not.
      let isSame = old.files[path] == new.files[path] && recipe.old == recipe.new && recipe.problem == nil
      if !isSame { recipes.append(recipe) }
    }
  }

  private static func byName(_ entries: [SharedRecipes.Entry]) -> [String: Result<RecipeHeader, RecipeError>] {
    Dictionary(entries.map { ($0.name, $0.header) }, uniquingKeysWith: { first, _ in first })
  }

  package var isEmpty: Bool { files.isEmpty }

  /// Whether platforms are added or changed: they say which commands restart a server, and those run as root.
  package var changedPlatforms: [String] {
    files.filter { $0.hasPrefix(RepositoryContents.folder + "platforms/") && new.files[$0] != nil }
  }

  /// Whether anything may do more than before, or may for all that is known.
  package var isWider: Bool {
    recipes.contains { !$0.gained.isEmpty || $0.isUnknown } || !changedPlatforms.isEmpty
  }

  /// Modules, tests and other files that differ and are no recipes.
  package var otherFiles: [String] {
    let own = Set(recipes.map { "\(RepositoryContents.folder)\($0.name).lua" })
    return files.filter { !own.contains($0) }
  }

  /// `+`, `-` or `~`.
  package func mark(of path: String) -> Character {
    old.files[path] == nil ? "+" : new.files[path] == nil ? "-" : "~"
  }

  /// All of it in the form of `diff -u`, with bytes as they are: to be made visible before a terminal sees it.
  package var unified: String {
    var effort = LineEdits.effort
    return files.compactMap { LineDiff.unified(old.files[$0], new.files[$0] ?? [], path: $0, effort: &effort) }.joined()
  }
}
