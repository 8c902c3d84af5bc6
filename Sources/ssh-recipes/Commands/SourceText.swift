import Recipes
import Sharing

/// What a recipe would load, for people to read before they agree.
enum SourceText {
  /// The recipe first; what a terminal would obey is shown as an escape.
  static func text(_ file: RecipeFile) -> String {
    let own = file.path.split(separator: "/").last.map(String.init) ?? file.path
    let files = file.contents.files
    let others = files.keys.filter { $0 != own }.sorted()
    return ([own] + others).map { path in
      let text = String(decoding: files[path] ?? [], as: UTF8.self)
      // Tabs and the line ends of Windows are as they should be.
      let lines = text.replacing("\r\n", with: "\n").replacing("\t", with: "  ").visibleLines
      let head = others.isEmpty ? [] : ["-- \(path.visible)"]
      return (head + lines).map { $0 + "\n" }.joined()
    }.joined(separator: "\n")
  }
}
