import Values

/// A table of a declaration, read field by field, with a message for each kind of mistake.
package struct DeclarationTable {
  let place: String
  let list: [LuaValue]
  private let fields: [String: LuaValue]

  /// - Parameters:
  ///   - fields: the known fields; another field is an error with the nearest known name.
  ///   - positional: how many unnamed values are allowed; `nil` for any number.
  package init(
    _ value: LuaValue, place: String, fields known: [String], positional: Int? = 0
  ) throws(DeclarationProblem) {
    guard case .table(let table) = value else {
      throw .mismatch(field: "", place: place, expected: "a table", got: value.shortText)
    }
    if let stranger = table.fields.keys.filter({ !known.contains($0) }).min() {
      let nearest = NearestName.find(stranger, among: known)
      throw .unknownField(stranger, place: place, nearest: nearest, known: known)
    }
    if let positional, table.list.count > positional {
      throw .tooMany(place: place, value: table.list[positional].shortText)
    }
    self.place = place
    list = table.list
    fields = table.fields
  }

  subscript(field: String) -> LuaValue { fields[field] ?? .nil }
  func has(_ field: String) -> Bool { self[field] != .nil }

  package func text(_ field: String) throws(DeclarationProblem) -> String? {
    try optional(field, String.self)
  }

  /// Required text, which must not be blank.
  func text(_ field: String, meaning: String) throws(DeclarationProblem) -> String {
    guard let text = try text(field) else { throw .missing(field, place: place, meaning: meaning) }
    guard text.contains(where: { !$0.isWhitespace }) else {
      throw .mismatch(field: field, place: place, expected: meaning, got: "an empty string")
    }
    return text
  }

  /// Required text for lists: one line of at most 300 characters.
  func line(_ field: String, meaning: String) throws(DeclarationProblem) -> String {
    let text = try text(field, meaning: meaning)
    guard !text.contains(where: \.isNewline), text.count <= 300 else {
      throw .mismatch(
        field: field, place: place, expected: "one line of at most 300 characters",
        got: "\(text.count) characters" + (text.contains(where: \.isNewline) ? " on several lines" : ""))
    }
    return text
  }

  /// Text at a position, counted from 1; `field` is its name in messages.
  func text(at position: Int, _ field: String, meaning: String) throws(DeclarationProblem) -> String {
    guard list.count >= position else { throw .missing(field, place: place, meaning: meaning) }
    let value = list[position - 1]
    guard let text = value.text, text.contains(where: { !$0.isWhitespace }) else {
      throw .mismatch(field: field, place: place, expected: "a string, \(meaning)", got: value.shortText)
    }
    return text
  }

  func flag(_ field: String) throws(DeclarationProblem) -> Bool? { try optional(field, Bool.self) }
  func integer(_ field: String) throws(DeclarationProblem) -> Int? { try optional(field, Int.self) }
  func texts(_ field: String) throws(DeclarationProblem) -> [String]? { try optional(field, [String].self) }
  func textTable(_ field: String) throws(DeclarationProblem) -> [String: String]? {
    try optional(field, [String: String].self)
  }

  /// The values of a list; empty if the field is missing.
  func values(_ field: String) throws(DeclarationProblem) -> [LuaValue] {
    switch self[field] {
    case .nil: return []
    case .table(let table):
      guard let name = table.fields.keys.min() else { return table.list }
      throw .mismatch(field: field, place: place, expected: "a list", got: "a table with the field \"\(name)\"")
    case let other: throw .mismatch(field: field, place: place, expected: "a list", got: other.shortText)
    }
  }

  /// A required function.
  ///
  /// - Parameters:
  ///   - shape: the function in Lua, with its parameters.
  ///   - meaning: the rest of the sentence about a missing function, after the shape.
  func function(_ field: String, shape: String, meaning: String) throws(DeclarationProblem) -> LuaFunctionReference {
    switch self[field] {
    case .function(let function): return function
    case .nil: throw .missing(field, place: place, meaning: shape + meaning)
    case let other: throw .mismatch(field: field, place: place, expected: shape, got: other.shortText)
    }
  }

  private func optional<Value: LuaArgument>(
    _ field: String, _ type: Value.Type
  ) throws(DeclarationProblem) -> Value? {
    do throws(Mismatch) { return try Value?(lua: self[field]) } catch {
      throw .mismatch(field: field + error.path, place: place, expected: error.expectation, got: error.got)
    }
  }
}
