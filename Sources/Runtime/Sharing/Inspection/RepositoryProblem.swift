import Formats

/// Why a repository's contents are not taken. Each is one sentence about one thing, the first that was found.
package enum RepositoryProblem: Error, Hashable, Sendable {
  case path(String, TreePath.Fault)
  case link(String)
  case submodule(String)
  /// A mode that is neither a file's nor a link's.
  case mode(String, mode: String)
  /// Two paths that are one file where the file system ignores case or the way accents are written.
  case twins(String, String)
  /// A path that is a file, and a folder of other files.
  case fileAndFolder(String)
  case tooManyFiles(limit: Int)
  case tooManyRecipes(limit: Int)
  case tooLarge(String, size: Int, limit: Int)
  case tooMuch(size: Int, limit: Int)
  /// A Lua file that does not have the name of a recipe or a module.
  case luaName(String)
  case text(String, line: Int, LuaText.Fault)
  /// git takes an object for damaged or for an attack (git-fsck(1)); in its own words.
  case object(String)
  case signature(SignatureProblem)
}

extension RepositoryProblem: CustomStringConvertible {
  package var description: String { text.onOneLine }

  private var text: String {
    switch self {
    case .path(let path, let fault): "the path \(Self.quoted(path)) \(fault)"
    case .link(let path): "\(Self.quoted(path)) is a symbolic link; a repository of recipes may hold plain files only"
    case .submodule(let path):
      "\(Self.quoted(path)) is a submodule, which leads to another repository; a repository of recipes may hold plain files only"
    case .mode(let path, let mode): "\(Self.quoted(path)) has the mode \(mode), which is no plain file's"
    case .twins(let one, let other):
      "\(Self.quoted(one)) and \(Self.quoted(other)) are the same name where case and accents do not count"
    case .fileAndFolder(let path): "\(Self.quoted(path)) is there more than once, as a file or as a folder"
    case .tooManyFiles(let limit): "it has more than \(limit) files; a repository of recipes is smaller than that"
    case .tooManyRecipes(let limit):
      "it has more than \(limit) Lua files directly in \"recipes\", each of which may be a recipe; modules can lie in "
        + "folders below"
    case .tooLarge(let path, let size, let limit):
      "\(Self.quoted(path)) has \(size) bytes; the most that is taken is \(limit)"
    case .tooMuch(let size, let limit):
      "its recipes and modules have \(size) bytes together; the most that is taken is \(limit)"
    case .luaName(let path):
      "\(Self.quoted(path)) cannot be a recipe's or a module's name; expected lower-case letters, digits and \"_\", and a letter "
        + "first"
    case .text(let path, let line, let fault): "\(path):\(line): \(fault)"
    case .object(let words): "git refuses what it holds: \(words)"
    case .signature(let problem): "\(problem)"
    }
  }

  private static func quoted(_ path: String) -> String {
    let text = path.onOneLine
    return "\"\(text.count > longestPath ? text.prefix(longestPath) + "…" : text)\""
  }

  /// Enough to find the file.
  private static let longestPath = 120
}

extension RepositoryProblem {
  /// - Parameter lines: what git said when a fetch failed; `nil` where it was for another reason than the objects.
  ///   `error: object ID: hasDotdot: contains '..'`.
  init?(fsck lines: [String]) {
    for line in lines {
      guard let match = line.wholeMatch(of: /error: (object [0-9a-f]+: .+)/) else { continue }
      self = .object(String(match.1))
      return
    }
    return nil
  }
}
