/// Inspects the entries of a commit before any file is read.
///
/// The rules apply to the whole commit rather than only to loadable files: a person who reads the repository elsewhere
/// sees the same files as the program.
package enum TreeInspection {
  /// In the whole commit.
  package static let mostFiles = 5000
  /// Files directly in the folder of recipes; each may be a recipe, and is read for a list.
  package static let mostRecipes = 500
  /// For a loadable file: the same limit as in ``RecipeFinder`` and `require`.
  package static let largestPart = 1 << 20
  /// For all loadable files together.
  package static let largestContents = 16 << 20
  /// For a file that is never loaded, such as a picture for the README.
  package static let largestOther = 32 << 20

  /// - Parameter entries: the whole commit, including files outside `recipes/`.
  /// - Throws: ``RepositoryProblem`` for the first invalid entry, in git's order.
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
    // git says "commit" for unknown modes as well.
    if entry.mode == "160000" { throw .submodule(path) }
    if entry.isLink { throw .link(path) }
    // 100664 is an old form of 100644. Executable files are accepted, since files are never executed.
    guard entry.kind == .blob, ["100644", "100755", "100664"].contains(entry.mode) else {
      throw .mode(path, mode: entry.mode)
    }
    let isPart = RepositoryContents.isPart(path)
    let limit = isPart || Signatures.files.contains(path) ? largestPart : largestOther
    if let size = entry.size, size > limit { throw .tooLarge(path, size: size, limit: limit) }
    if isPart, path.lowercased().hasSuffix(".lua"), !LuaFileName.isValid(path) { throw .luaName(path) }
  }
}

/// The names of a commit's files and folders, to detect names that coincide on some file system.
private struct TreeNames {
  /// Names as written, by their folded form; folders with a trailing slash.
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
