/// Names of Lua files in a repository, as used in `run REPOSITORY/NAME` and `require "folder.name"`.
enum LuaFileName {
  /// - Parameter path: from the top of the repository.
  static func isValid(_ path: String) -> Bool {
    guard path != RepositoryContents.declaration else { return true }
    var parts = path.split(separator: "/").map(String.init)
    guard var file = parts.popLast(), file.hasSuffix(".lua") else { return false }
    file.removeLast(4)
    // A test is next to its recipe.
    if file.hasSuffix(".test") { file.removeLast(5) }
    return (parts.dropFirst() + [file]).allSatisfy { $0.wholeMatch(of: /[a-z][a-z0-9_]*/) != nil }
  }
}
