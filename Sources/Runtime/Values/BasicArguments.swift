extension String: LuaArgument {
  public static var luaType: String { "string" }
  public static var expectation: String { "string" }
  public init(lua value: LuaValue) throws(Mismatch) {
    guard case .string = value else { throw Mismatch(Self.expectation, got: value) }
    guard let text = value.text else { throw Mismatch("string of valid UTF-8", got: value) }
    guard !text.unicodeScalars.contains("\0") else { throw Mismatch("string without a zero byte", got: value) }
    self = text
  }
  public var luaText: String { LuaValue.string(self).shortText }
}

extension Bool: LuaArgument {
  public static var luaType: String { "boolean" }
  public static var expectation: String { "true or false" }
  public init(lua value: LuaValue) throws(Mismatch) {
    guard case .boolean(let flag) = value else { throw Mismatch(Self.expectation, got: value) }
    self = flag
  }
  public var luaText: String { String(self) }
}

extension Int: LuaArgument {
  public static var luaType: String { "integer" }
  public static var expectation: String { "integer" }
  /// Accepts 3 and 3.0, which Lua tells apart, but not 3.5.
  public init(lua value: LuaValue) throws(Mismatch) {
    switch value {
    case .integer(let number): self = Int(number)
    case .number(let number):
      guard let whole = Int(exactly: number) else { throw Mismatch(Self.expectation, got: value) }
      self = whole
    default: throw Mismatch(Self.expectation, got: value)
    }
  }
  public var luaText: String { String(self) }
}

extension Optional: LuaArgument where Wrapped: LuaArgument {
  public static var luaType: String { Wrapped.luaType }
  public static var expectation: String { Wrapped.expectation }
  public init(lua value: LuaValue) throws(Mismatch) {
    self = value == .nil ? nil : try Wrapped(lua: value)
  }
  public var luaText: String { self?.luaText ?? "nil" }
  public static var takesPath: Bool { Wrapped.takesPath }
  public var paths: [String] { self?.paths ?? [] }
}

extension Array: LuaArgument where Element: LuaArgument {
  public static var luaType: String { "\(Element.luaType)[]" }
  public static var expectation: String { "list, each a \(Element.expectation)" }
  public init(lua value: LuaValue) throws(Mismatch) {
    guard case .table(let table) = value else { throw Mismatch(Self.expectation, got: value) }
    if let name = table.fields.keys.min() {
      throw Mismatch(Self.expectation, got: "a table with the field '\(name)'")
    }
    var elements: [Element] = []
    for (index, item) in table.list.enumerated() {
      do throws(Mismatch) { elements.append(try Element(lua: item)) } catch {
        throw Mismatch(error.expectation, got: error.got, at: "[\(index + 1)]\(error.path)")
      }
    }
    self = elements
  }
  public var luaText: String { isEmpty ? "{}" : "{ \(map(\.luaText).joined(separator: ", ")) }" }
  public static var takesPath: Bool { Element.takesPath }
  public var paths: [String] { flatMap(\.paths) }
}

extension Dictionary: LuaArgument where Key == String, Value: LuaArgument {
  public static var luaType: String { "table<string, \(Value.luaType)>" }
  public static var expectation: String { "table of names, each with a \(Value.expectation)" }
  public init(lua value: LuaValue) throws(Mismatch) {
    guard case .table(let table) = value, table.list.isEmpty else { throw Mismatch(Self.expectation, got: value) }
    var result: [String: Value] = [:]
    for (name, item) in table.fields {
      do throws(Mismatch) { result[name] = try Value(lua: item) } catch {
        throw Mismatch(error.expectation, got: error.got, at: ".\(name)\(error.path)")
      }
    }
    self = result
  }
  public var luaText: String {
    isEmpty ? "{}" : "{ \(sorted { $0.key < $1.key }.map { "\($0) = \($1.luaText)" }.joined(separator: ", ")) }"
  }
  public static var takesPath: Bool { Value.takesPath }
  public var paths: [String] { values.flatMap(\.paths).sorted() }
}

/// A string taken as bytes in any encoding, such as a file's contents.
public struct Bytes: LuaArgument, Hashable {
  public static let luaType = "string"
  public static let expectation = "string"
  public var bytes: [UInt8]
  public init(lua value: LuaValue) throws(Mismatch) {
    guard case .string(let bytes) = value else { throw Mismatch(Self.expectation, got: value) }
    self.bytes = bytes
  }
  public var luaText: String { LuaValue.string(bytes).shortText }
}

/// Any value; the primitive checks it.
package struct AnyArgument: LuaArgument, Hashable {
  package static let luaType = "any"
  package static let expectation = "value"
  package var value: LuaValue
  package init(lua value: LuaValue) throws(Mismatch) {
    guard value != .nil else { throw Mismatch(Self.expectation, got: value) }
    self.value = value
  }
  package var luaText: String { value.shortText }
}

/// A function of the recipe, which the primitive calls back.
package struct FunctionArgument: LuaArgument, Hashable {
  package static let luaType = "function"
  package static let expectation = "function"
  package var function: LuaFunctionReference
  package init(lua value: LuaValue) throws(Mismatch) {
    guard case .function(let function) = value else { throw Mismatch(Self.expectation, got: value) }
    self.function = function
  }
  package var luaText: String { "function" }
}

/// A host of the recipe: one of its roles, or `here`.
package struct HostArgument: LuaArgument, Hashable {
  package static let luaType = "ssh.Host"
  package static let expectation = "host, such as `here` or one of `hosts`"
  package static let objectKind = "host"
  package var id: Int
  package init(lua value: LuaValue) throws(Mismatch) {
    guard case .object(let object) = value, object.kind == Self.objectKind else {
      throw Mismatch(Self.expectation, got: value)
    }
    id = object.id
  }
  package var luaText: String { "host" }
}
