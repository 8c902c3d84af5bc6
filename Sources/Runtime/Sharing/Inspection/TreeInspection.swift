/// Judges what a commit lists, before a byte of a file is read.
///
/// One rule for the whole commit, not only for what is loaded: who reads the repository elsewhere sees the same files
/// as the program does.
package enum TreeInspection {
  /// Of the whole commit.
  package static let mostFiles = 5000
  /// Files directly in the folder of recipes, each of which may be one and is read when they are listed.
  package static let mostRecipes = 500
  /// Of a file that can be loaded: what ``RecipeFinder`` and `require` take as well.
  package static let largestPart = 1 << 20
  /// Of everything that can be loaded, together.
  package static let largestContents = 16 << 20
  /// Of a file that is never loaded, such as a picture for the README.
  package static let largestOther = 32 << 20

  /// - Parameter entries: the whole commit, also what lies outside of `recipes/`.
  /// - Throws: ``RepositoryProblem`` for the first entry that is wrong, in git's order.
  package static func inspect(_ entries: [TreeEntry]) throws(RepositoryProblem) {
    guard entries.count <= mostFiles else { throw .tooManyFiles(limit: mostFiles) }
    var names = TreeNames()
    var (total, recipes) = (0, 0)
    for entry in entries {
      let path: TreePath
      do { path = try TreePath(entry.path) } catch { throw .path(entry.name, error) }
      try inspect(entry, at: path.text)
      try names.add(path)
      if RepositoryContents.isPart(path.text) { total += entry.size ?? 0 }
      if SharedRecipes.name(ofFile: path.text) != nil { recipes += 1 }
    }
    guard recipes <= mostRecipes else { throw .tooManyRecipes(limit: mostRecipes) }
    guard total <= largestContents else { throw .tooMuch(size: total, limit: largestContents) }
  }

  private static func inspect(_ entry: TreeEntry, at path: String) throws(RepositoryProblem) {
    // Of a mode that git does not know it says "commit" as well.
    if entry.mode == "160000" { throw .submodule(path) }
    if entry.isLink { throw .link(path) }
    // 100664 is an old git's way to write 100644. Whether a file is executable does not matter: none is executed.
    guard entry.kind == .blob, ["100644", "100755", "100664"].contains(entry.mode) else {
      throw .mode(path, mode: entry.mode)
    }
    let isPart = RepositoryContents.isPart(path)
    let limit = isPart || Signatures.files.contains(path) ? largestPart : largestOther
    if let size = entry.size, size > limit { throw .tooLarge(path, size: size, limit: limit) }
    if isPart, path.lowercased().hasSuffix(".lua"), !LuaFileName.isValid(path) { throw .luaName(path) }
  }
}

/// The names of a commit's files and folders, so that no two are one on any file system.
private struct TreeNames {
  /// As they are written, by how they compare; folders with their slash.
  private var seen: [String: String] = [:]

  mutating func add(_ path: TreePath) throws(RepositoryProblem) {
    let parts = path.parts
    for count in 1..<max(parts.count, 1) {
      let folder = parts.prefix(count).joined(separator: "/")
      let key = folder.lowercased()
      guard let known = seen[key] else {
        seen[key] = folder + "/"
        continue
      }
      guard known.hasSuffix("/") else { throw .fileAndFolder(folder) }
      guard known.utf8.elementsEqual((folder + "/").utf8) else { throw .twins(String(known.dropLast()), folder) }
    }
    guard let known = seen.updateValue(path.text, forKey: path.folded) else { return }
    let other = known.hasSuffix("/") ? String(known.dropLast()) : known
    if other.utf8.elementsEqual(path.text.utf8) { throw .fileAndFolder(path.text) }
    throw .twins(other, path.text)
  }
}
