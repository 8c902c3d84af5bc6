/// A Lua value as a tree of Swift values, received and returned by primitives. No part of the tree points into a
/// `lua_State`.
public enum LuaValue: Sendable, Hashable {
  case `nil`
  case boolean(Bool)
  case integer(Int64)
  case number(Double)
  /// Lua strings are bytes; decode them where text is needed.
  case string([UInt8])
  case table(LuaTable)
  /// A function that stays in its machine and can be called there later; see
  /// ``LuaMachine/call(_:_:branch:takesFunctions:)``.
  case function(LuaFunctionReference)
  /// A value of the host program that is opaque to Lua, such as a host.
  case object(LuaObject)

  public static func string(_ text: String) -> LuaValue { .string(Array(text.utf8)) }
}

/// A Lua table, split into its sequence and the rest.
public struct LuaTable: Sendable, Hashable {
  /// The values at 1, 2, 3 … without a gap.
  public var list: [LuaValue]
  /// Every other entry with a string as its key; reading a table refuses other keys.
  public var fields: [String: LuaValue]
  /// The name of the table's shape, for a table received by Lua; `nil` without a shape.
  package var shape: String?

  public init(list: [LuaValue] = [], fields: [String: LuaValue] = [:]) {
    self.list = list
    self.fields = fields
  }

  public subscript(name: String) -> LuaValue { fields[name] ?? .nil }
}

/// A function of a recipe, kept alive in its machine until ``LuaMachine/release(_:)`` or the machine's end.
public struct LuaFunctionReference: Sendable, Hashable {
  /// The slot in the machine's registry.
  package let slot: Int32

  package init(slot: Int32) {
    self.slot = slot
  }
}

/// A handle for a value of the host program. `kind` selects the methods that Lua sees; `id` is the program's number
/// for the value.
public struct LuaObject: Sendable, Hashable {
  package let kind: String
  package let id: Int

  package init(kind: String, id: Int) {
    self.kind = kind
    self.id = id
  }
}

extension LuaValue {
  /// The name of the type, as Lua's `type` returns it.
  package var typeName: String {
    switch self {
    case .nil: "nil"
    case .boolean: "boolean"
    case .integer, .number: "number"
    case .string: "string"
    case .table: "table"
    case .function: "function"
    case .object(let object): object.kind
    }
  }

  /// The value as text, when it is a string of valid UTF-8.
  public var text: String? {
    guard case .string(let bytes) = self else { return nil }
    return String(validating: bytes, as: UTF8.self)
  }
}
