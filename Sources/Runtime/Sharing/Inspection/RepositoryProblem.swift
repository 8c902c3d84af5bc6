import Formats

/// Why a repository's contents are refused: one sentence about the first problem found.
package enum RepositoryProblem: Error, Hashable, Sendable {
  case path(String, TreePath.Fault)
  case link(String)
  case submodule(String)
  /// A mode of neither a file nor a link.
  case mode(String, mode: String)
  /// Two paths for the same file on a file system that ignores case or the encoding of accents.
  case twins(String, String)
  /// A path that is both a file and a folder.
  case fileAndFolder(String)
  case tooManyFiles(limit: Int)
  case tooManyRecipes(limit: Int)
  case tooLarge(String, size: Int, limit: Int)
  case tooMuch(size: Int, limit: Int)
  /// A Lua file without a valid name for a recipe or a module.
  case luaName(String)
  case text(String, line: Int, LuaText.Fault)
  /// git considers an object damaged or an attack (git-fsck(1)); with git's message.
  case object(String)
  case signature(SignatureProblem)
}

extension RepositoryProblem: CustomStringConvertible {
  package var description: String { text.onOneLine }

  private var text: String {
    switch self {
    case .path(let path, let fault): "the path \(Self.quoted(path)) \(fault)"
    case .link(let path):
      "\(Self.quoted(path)) is a symbolic link; a repository of recipes may contain regular files only"
    case .submodule(let path):
      "\(Self.quoted(path)) is a submodule, which leads to another repository; a repository of recipes may contain "
        + "regular files only"
    case .mode(let path, let mode): "\(Self.quoted(path)) has the mode \(mode); expected a regular file"
    case .twins(let one, let other):
      "\(Self.quoted(one)) and \(Self.quoted(other)) are the same name on systems that ignore case or accents"
    case .fileAndFolder(let path): "\(Self.quoted(path)) appears more than once, as a file or a folder"
    case .tooManyFiles(let limit): "there are more than \(limit) files, the limit for a repository of recipes"
    case .tooManyRecipes(let limit):
      "there are more than \(limit) Lua files directly in \"recipes\", each of which may be a recipe; move modules "
        + "to folders below"
    case .tooLarge(let path, let size, let limit):
      "\(Self.quoted(path)) has \(size) bytes; the limit is \(limit)"
    case .tooMuch(let size, let limit):
      "recipes and modules together have \(size) bytes; the limit is \(limit)"
    case .luaName(let path):
      "\(Self.quoted(path)) is not a valid name for a recipe or module; expected a lower-case letter, then lower-case "
        + "letters, digits and \"_\""
    case .text(let path, let line, let fault): "\(path):\(line): \(fault)"
    case .object(let words): "git refuses the repository: \(words)"
    case .signature(let problem): "\(problem)"
    }
  }

  private static func quoted(_ path: String) -> String {
    let text = path.onOneLine
    return "\"\(text.count > longestPath ? text.prefix(longestPath) + "…" : text)\""
  }

  /// Enough to identify the file.
  private static let longestPath = 120
}

extension RepositoryProblem {
  /// - Parameter lines: git's messages from a failed fetch, such as `error: object ID: hasDotdot: contains '..'`.
  /// - Returns: `nil` if the objects were not the reason.
  init?(fsck lines: [String]) {
    for line in lines {
      guard let match = line.wholeMatch(of: /error: (object [0-9a-f]+: .+)/) else { continue }
      self = .object(String(match.1))
      return
    }
    return nil
  }
}
