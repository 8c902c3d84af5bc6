import Values

/// The value of an option in a recipe: a string, a number, `true` for yes, `false` for no, or a list of strings.
package struct OptionValue: LuaArgument, Hashable {
  package static let luaType = "string|integer|boolean|string[]"
  package static let expectation = "string, number, true or false, or list of them"
  /// One value per line of the configuration; several only for options with several lines.
  package var texts: [String]

  init(_ texts: String...) { self.texts = texts }

  package init(lua value: LuaValue) throws(Mismatch) {
    switch value {
    case .boolean(let flag): texts = [flag ? "yes" : "no"]
    case .integer(let number): texts = [String(number)]
    case .table(let table) where table.fields.isEmpty && !table.list.isEmpty:
      var all: [String] = []
      for item in table.list { all += try OptionValue(lua: item).texts }
      texts = all
    default:
      guard let text = try? String(lua: value) else { throw Mismatch(Self.expectation, got: value) }
      texts = [text]
    }
  }

  package var luaText: String { texts.luaText }
}
