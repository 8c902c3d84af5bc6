#if canImport(Darwin)
  import Darwin
#elseif canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#endif

/// The folders of recipes and platforms; an earlier folder of recipes wins.
package struct RecipePlaces: Sendable, Hashable {
  package struct Place: Sendable, Hashable {
    package var path: String
    package var origin: RecipeFile.Origin

    package init(_ path: String, _ origin: RecipeFile.Origin) {
      self.path = path
      self.origin = origin
    }
  }

  package var recipes: [Place]
  /// Bundled platforms first: the user's platform of the same name replaces the bundled one.
  package var platforms: [String]
  /// The folder of bundled primitives, then the user's own.
  package var primitives: [PrimitiveLayer] = []

  package init(recipes: [Place], platforms: [String]) {
    self.recipes = recipes
    self.platforms = platforms
  }

  /// - Parameters:
  ///   - folders: from `--recipes`, which win over all others.
  ///   - environment: `SSH_RECIPES_PATH` lists folders of recipes, separated by colons; `SSH_RECIPES_DATA` is the
  ///     folder of the program's data; `XDG_CONFIG_HOME` and `HOME` lead to the user's own folders.
  ///   - executable: the program's file, with links resolved.
  package init(folders: [String] = [], environment: [String: String], executable: String?) {
    let named = folders + (environment["SSH_RECIPES_PATH"] ?? "").split(separator: ":").map(String.init)
    recipes = named.map { Place($0, .user) }
    platforms = []
    let bundled = Self.bundled(environment["SSH_RECIPES_DATA"], executable: executable)
    platforms.append(bundled + "/platforms")
    primitives.append(PrimitiveLayer(folder: bundled + "/primitives", .bundled))
    if let own = Self.own(environment) {
      recipes.append(Place(own + "/recipes", .user))
      platforms.append(own + "/platforms")
      primitives.append(PrimitiveLayer(folder: own + "/primitives", .user))
    }
    recipes.append(Place(bundled, .bundled))
  }

  /// The places of this process.
  package static func standard(folders: [String] = []) -> RecipePlaces {
    var environment: [String: String] = [:]
    for name in ["SSH_RECIPES_PATH", "SSH_RECIPES_DATA", "XDG_CONFIG_HOME", "HOME"] {
      if let value = getenv(name) { environment[name] = String(cString: value) }
    }
    return RecipePlaces(folders: folders, environment: environment, executable: LocalFiles.executable())
  }

  /// The platforms for one recipe: bundled, then from the recipe's repository, then the user's own.
  package func platformLayers(with shared: [(name: String, bytes: [UInt8])]) -> [PlatformLayer] {
    var layers = platforms.map { PlatformLayer.folder($0) }
    if !shared.isEmpty {
      layers.insert(.files(shared), at: recipes.contains { $0.origin == .bundled } ? 1 : 0)
    }
    return layers
  }

  /// The primitives for a recipe: the bundled primitives, the user's own, then the primitives of the recipe's repository
  /// or of the folder beside the recipe.
  ///
  /// - Parameter shared: the primitives of the recipe's repository, by path in their folder.
  package func primitiveLayers(
    for file: RecipeFile? = nil, with shared: [String: [UInt8]] = [:]
  ) -> [PrimitiveLayer] {
    guard let file else { return primitives }
    return switch file.origin {
    case .shared(let repository): primitives + [PrimitiveLayer(files: shared, repository: repository)]
    case .path, .user: primitives + [PrimitiveLayer(folder: file.folder + "/primitives", .user)]
    case .bundled: primitives
    }
  }

  /// The file of the running program, with links resolved.
  package static var executable: String? { LocalFiles.executable() }

  private static func own(_ environment: [String: String]) -> String? {
    // The specification requires a value that is not absolute to be ignored.
    if let config = environment["XDG_CONFIG_HOME"], config.hasPrefix("/") { return config + "/ssh-recipes" }
    return environment["HOME"].map { $0 + "/.config/ssh-recipes" }
  }

  /// `PREFIX/share/ssh-recipes/recipes` next to `PREFIX/bin`; else the recipes in the program. No other folder near the
  /// program counts: platforms have commands that run as root, and another user may own a folder above the program.
  private static func bundled(_ given: String?, executable: String?) -> String {
    if let given, !given.isEmpty { return given + "/recipes" }
    guard let executable else { return BuiltInRecipes.folder }
    let shared = LocalFiles.parent(of: LocalFiles.parent(of: executable)) + "/share/ssh-recipes/recipes"
    return LocalFiles.exists(shared) && OwnFiles.doubt(about: shared) == nil ? shared : BuiltInRecipes.folder
  }
}
