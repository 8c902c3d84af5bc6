/// An option of ssh_config(5) with its value, quoted as the file requires.
package struct ClientOption: Sendable, Hashable {
  package var keyword: String
  package var value: String

  package init(_ keyword: String, _ value: String) {
    self.keyword = keyword
    self.value = value
  }

  /// An option with a path as its value. ssh expands `%` tokens in the path, and splits the value at blanks.
  init(_ keyword: String, path: String) {
    let text = path.replacing("%", with: "%%")
    self.init(keyword, text.contains(where: \.isWhitespace) ? "\"\(text)\"" : text)
  }

  /// A line of the file.
  package var line: String { "\(keyword) \(value)" }
}
