import Contract
import Values

/// What a recipe says of itself before it does anything; read without running it and without any host.
package struct RecipeHeader: Sendable, Hashable {
  /// The file's name without `.lua`; what `run` is given.
  package var name: String
  /// One line: what the recipe is for.
  package var summary: String
  /// The guide that it carries out, when there is one.
  package var guide: String?
  /// The hosts that the command line fills, in order. Empty: the recipe runs once, with `here` alone.
  package var roles: [RecipeRole]
  package var parameters: [RecipeParameter]
  /// The permissions that it asks for.
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

  /// How the recipe is called: `ssh-recipes run synology_pair FROM TO…`.
  package var usage: String {
    let hosts = roles.map { " " + $0.name.uppercased() + ($0.isMany ? "…" : "") }.joined()
    let settings = parameters.filter(\.isRequired).map { " --set \($0.name)=…" }.joined()
    return "ssh-recipes run \(name)\(hosts)\(settings)"
  }
}

/// A place in a recipe that a host of the command line takes.
package struct RecipeRole: Sendable, Hashable {
  /// As in `hosts.name`.
  package var name: String
  package var help: String
  /// Whether it takes all the hosts that are left, at least one; `hosts.name` is then a list.
  package var isMany: Bool

  package init(_ name: String, _ help: String, isMany: Bool = false) {
    self.name = name
    self.help = help
    self.isMany = isMany
  }
}

/// A recipe that was read: what it says of itself, and what it does.
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
