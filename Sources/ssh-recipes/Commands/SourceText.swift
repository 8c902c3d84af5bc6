import Recipes
import Sharing

/// The source of everything that a recipe can load, for users to read before they consent.
enum SourceText {
  /// The recipe comes first. Control characters are shown as escapes.
  static func text(_ file: RecipeFile) -> String {
    let own = file.path.split(separator: "/").last.map(String.init) ?? file.path
    let files = file.contents.files
    let others = files.keys.filter { $0 != own }.sorted()
    return ([own] + others).map { path in
      let text = String(decoding: files[path] ?? [], as: UTF8.self)
      // Tabs and CRLF line ends are harmless, and escapes would make them hard to read.
      let lines = text.replacing("\r\n", with: "\n").replacing("\t", with: "  ").visibleLines
      let head = others.isEmpty ? [] : ["-- \(path.visible)"]
      return (head + lines).map { $0 + "\n" }.joined()
    }.joined(separator: "\n")
  }
}
