import Contract
import Values

/// A recipe's declaration, read without running the recipe and without any host.
package struct RecipeHeader: Sendable, Hashable {
  /// The name for `run`: the file's name without `.lua`.
  package var name: String
  /// The recipe's purpose, on one line.
  package var summary: String
  /// The guide that the recipe follows, if any.
  package var guide: String?
  /// The roles for hosts of the command line, in order. If empty, the recipe runs once, on `here` alone.
  package var roles: [RecipeRole]
  package var parameters: [RecipeParameter]
  /// The permissions requested.
  package var needs: Set<Permission>

  package init(
    name: String, summary: String, guide: String? = nil, roles: [RecipeRole] = [],
    parameters: [RecipeParameter] = [], needs: Set<Permission> = []
  ) {
    self.name = name
    self.summary = summary
    self.guide = guide
    self.roles = roles
    self.parameters = parameters
    self.needs = needs
  }

  /// The command line for the recipe: `ssh-recipes run synology_pair FROM TO…`.
  package var usage: String {
    let hosts = roles.map { " " + $0.name.uppercased() + ($0.isMany ? "…" : "") }.joined()
    let settings = parameters.filter(\.isRequired).map { " --set \($0.name)=…" }.joined()
    return "ssh-recipes run \(name)\(hosts)\(settings)"
  }
}

/// A role in a recipe, filled by a host of the command line.
package struct RecipeRole: Sendable, Hashable {
  /// As in `hosts.name`.
  package var name: String
  package var help: String
  /// Whether the role takes all remaining hosts, at least one; `hosts.name` is then a list.
  package var isMany: Bool

  package init(_ name: String, _ help: String, isMany: Bool = false) {
    self.name = name
    self.help = help
    self.isMany = isMany
  }
}

/// A recipe after reading: its file, header and function.
package struct LoadedRecipe: Sendable, Hashable {
  package var file: RecipeFile
  package var header: RecipeHeader
  /// `run`, to be called with `hosts` and `params`.
  package var run: LuaFunctionReference

  package init(file: RecipeFile, header: RecipeHeader, run: LuaFunctionReference) {
    self.file = file
    self.header = header
    self.run = run
  }
}
