import Contract
import Recipes
import Sharing

/// A repository, as printed by `repo add` and `repo show`.
struct RepositoryText {
  private let recipes: SharedRecipes
  private let declaration: RepositoryDeclaration
  private let headers: [SharedRecipes.Entry]
  private let primitives: Result<[String: Set<Permission>], PrimitiveError>

  /// - Parameters:
  ///   - headers: of the recipes.
  ///   - primitives: the permissions of the repository's own primitives, by name.
  init(
    _ recipes: SharedRecipes, declaration: RepositoryDeclaration, headers: [SharedRecipes.Entry],
    primitives: Result<[String: Set<Permission>], PrimitiveError>
  ) {
    self.primitives = primitives
    self.recipes = recipes
    self.declaration = declaration
    self.headers = headers
  }

  var lines: [String] {
    let repository = recipes.repository
    let doubt = LockStanding.doubt(recipes.standing.claimant)
    var lines: [String] = []
    if let summary = declaration.summary { lines.append("  \(summary)") }
    lines += [
      "  url      \(repository.url)",
      "  ref      \(repository.ref == "HEAD" ? "the default branch" : repository.ref)",
      "  commit   \(repository.commit)\(doubt)",
      "  content  \(repository.contentHash)",
      "  signed   \(repository.signer.map { "by \($0.shown)\(doubt)" } ?? "no")",
    ]
    lines += repository.signers.map { "  signer   \($0.shown)" }
    lines.append("  files    \(recipes.path)")
    lines += ["", headers.isEmpty ? "Recipes: none that can be read" : "Recipes:"]
    lines += Self.rows(headers, of: repository.name)
    lines += primitiveLines
    if !recipes.platforms.isEmpty {
      lines += ["", "Platforms for these recipes; their commands run as root:  (!)"]
    }
    lines += recipes.platforms.map { "  \($0.name)" }
    return lines.map(\.visible)
  }

  private var primitiveLines: [String] {
    switch primitives {
    case .failure(let error): return ["", "Primitives: cannot be read, so no recipe runs: \(error)"]
    case .success(let needs) where needs.isEmpty: return []
    case .success(let needs):
      let rows = needs.sorted { $0.key < $1.key }.map { [$0, "permissions: \(Self.needs($1))"] }
      return ["", "Primitives for these recipes alone:"] + Table.lines(rows).map { "  " + $0 }
    }
  }

  /// The permissions of a repository's primitives, or why they cannot be read.
  static func primitives(of recipes: SharedRecipes) async -> Result<[String: Set<Permission>], PrimitiveError> {
    do throws(PrimitiveError) { return .success(try await recipes.primitiveNeeds()) } catch { return .failure(error) }
  }

  private static func rows(_ headers: [SharedRecipes.Entry], of repository: String) -> [String] {
    let width = headers.map { "\(repository)/\($0.name)".count }.max() ?? 0
    return headers.flatMap { name, header in
      let full = "\(repository)/\(name)"
      let padding = String(repeating: " ", count: width - full.count)
      switch header {
      case .success(let header):
        return [
          "  \(full)\(padding)  \(header.summary)",
          "  \(String(repeating: " ", count: width))  permissions: \(needs(header.needs))",
        ]
      case .failure(let error): return ["  \(full)\(padding)  cannot be read: \(error)"]
      }
    }
  }

  /// `files, root (!)`.
  static func needs(_ needs: Set<Permission>) -> String {
    let names = Permission.allCases.filter(needs.contains).map { $0.rawValue + ($0.isFarReaching ? " (!)" : "") }
    return names.isEmpty ? "none" : names.joined(separator: ", ")
  }
}
