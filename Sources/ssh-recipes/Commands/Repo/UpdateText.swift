import Contract
import Recipes
import Sharing

/// The changes of an update, as shown before it is confirmed; permissions that recipes gain are marked with (!).
struct UpdateText {
  private let update: RepositorySession.Update
  private var difference: RepositoryDifference { update.difference }

  init(_ update: RepositorySession.Update) { self.update = update }

  var lines: [String] {
    let (old, new) = (update.pinned.repository, update.new)
    var lines = ["\(new.name)  \(old.shortRef) -> \(new.shortRef)"]
    lines += update.oddities.map { "  (!) " + Self.text($0) }
    lines += difference.recipes.flatMap(recipe)
    let platforms = difference.changedPlatforms
    if !platforms.isEmpty {
      lines.append("  (!) platforms, whose commands run as root: \(marked(platforms))")
    }
    for (name, gained) in difference.primitives.sorted(by: { $0.key < $1.key }) {
      let names = Permission.allCases.filter(gained.contains).map(Self.text)
      lines.append(
        "  (!) primitive \(name) may: \(names.isEmpty ? "nothing by itself" : names.joined(separator: "; "))")
    }
    let others = difference.otherFiles.filter { !platforms.contains($0) }
    if !others.isEmpty { lines.append("  other files: \(marked(others))") }
    if difference.isEmpty { lines.append("  no files changed") }
    return lines.map(\.visible)
  }

  private func marked(_ paths: [String]) -> String {
    paths.map { "\(difference.mark(of: $0)) \($0)" }.joined(separator: ", ")
  }

  private func recipe(_ recipe: RepositoryDifference.Recipe) -> [String] {
    let name = "\(update.new.name)/\(recipe.name)"
    if !recipe.isThere.new { return ["  - \(name)"] }
    guard let new = recipe.new else {
      return ["  \(recipe.isThere.old ? "~" : "+") \(name)  cannot be read: \(recipe.problem.map { "\($0)" } ?? "")"]
    }
    guard let old = recipe.old else {
      let mark = recipe.isThere.old ? "~" : "+"
      return ["  \(mark) \(name)  \(new.summary)", "      permissions: \(RepositoryText.needs(new.needs))"]
    }
    var lines = ["  ~ \(name)  \(new.summary)"]
    let gained = Permission.allCases.filter(recipe.gained.contains)
    if !gained.isEmpty { lines.append("      (!) gains: " + gained.map(Self.text).joined(separator: "; ")) }
    let lost = Permission.allCases.filter(recipe.lost.contains)
    if !lost.isEmpty { lines.append("      loses: " + lost.map(Self.text).joined(separator: "; ")) }
    if old.roles != new.roles { lines.append("      hosts: \(Self.hosts(old)) -> \(Self.hosts(new))") }
    lines += ParameterChange.between(old.parameters, and: new.parameters).map { "      setting \($0.text)" }
    return lines
  }

  private static func text(_ permission: Permission) -> String { "\(permission.rawValue) (\(permission.meaning))" }

  private static func hosts(_ header: RecipeHeader) -> String {
    header.roles.isEmpty ? "none" : header.roles.map { $0.name + ($0.isMany ? "…" : "") }.joined(separator: " ")
  }

  private static func text(_ oddity: RepositorySession.Oddity) -> String {
    switch oddity {
    case .movedTag(let ref, let from, let to):
      "the tag \"\(ref)\" was moved from \(from.prefix(12)) to \(to.prefix(12)); tags should not move"
    case .rewritten(let ref, let from, let to):
      (ref == "HEAD" ? "the default branch" : "the branch \"\(ref)\"")
        + " was rewritten: \(to.prefix(12)) is not based on \(from.prefix(12)), which is pinned"
    case .isBranch(let ref, true): "\"\(ref)\" was a tag and is a branch now; tags should not move"
    case .isBranch(let ref, false):
      "\"\(ref)\" is a branch now, and the lock file does not say whether it was a tag"
    case .older(let from, let to):
      "it is older: \(from.prefix(12)), which is pinned, is based on \(to.prefix(12))"
    case .signerChanged(let from, let to):
      "it was signed by \(from.shown) and is now \(to.map { "signed by \($0.shown)" } ?? "not signed")"
    }
  }
}
