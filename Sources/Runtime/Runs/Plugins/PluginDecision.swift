import Contract
import Lua
import Values

/// The answer of a body written in Lua.
enum PluginDecision: Sendable {
  case unchanged(String, [String: LuaValue])
  case change(String, LuaFunctionReference, [String: LuaValue])
  case answer([String: LuaValue])

  /// - Returns: `nil` for a value other than a table of results.
  init?(answer value: LuaValue) {
    guard case .table(let table) = value, table.list.isEmpty else { return nil }
    self = .answer(table.fields)
  }

  /// The fields of the result.
  var fields: [String: LuaValue] {
    switch self {
    case .unchanged(_, let fields), .change(_, _, let fields), .answer(let fields): fields
    }
  }

  /// The kind of the value that `unchanged` and `change` return in Lua.
  static let objectKind = "decision"

  private static let longestLine = 300

  /// - Parameters:
  ///   - word: `unchanged` or `change`.
  ///   - arguments: its arguments.
  /// - Throws: ``LuaMisuse``.
  init(_ word: String, _ arguments: [LuaValue]) throws {
    func misuse(_ place: Int, _ expected: String) -> LuaMisuse {
      let got = arguments.indices.contains(place) ? arguments[place].shortText : "nothing"
      return LuaMisuse(
        kind: .argument, message: "bad argument #\(place + 1) to '\(word)' (\(expected) expected, got \(got))")
    }
    guard let text = arguments.first?.text, !text.isEmpty else {
      throw misuse(0, word == "change" ? "the change in a line" : "a line that says how it is")
    }
    let last = word == "change" ? 2 : 1
    var fields: [String: LuaValue] = [:]
    if arguments.count > last, arguments[last] != .nil {
      guard case .table(let table) = arguments[last], table.list.isEmpty else {
        throw misuse(last, "a table of results")
      }
      fields = table.fields
    }
    let line = text.count > Self.longestLine ? text.prefix(Self.longestLine - 1) + "…" : text
    guard word == "change" else {
      self = .unchanged(line, fields)
      return
    }
    guard arguments.count > 1, case .function(let act) = arguments[1] else {
      throw misuse(1, "the function that makes the change")
    }
    self = .change(line, act, fields)
  }
}
