/// A type of argument for primitives. Each type states its expectation once, for messages, reference pages and editor
/// stubs.
public protocol LuaArgument: Sendable {
  /// The type as editor stubs write it: `string`, `integer`, `"rsa"|"ed25519"`.
  static var luaType: String { get }
  /// The expected value in messages: `octal string such as "0600"`.
  static var expectation: String { get }
  /// - Throws: ``Mismatch`` if the value is not of this type.
  init(lua value: LuaValue) throws(Mismatch)
  /// The value in Lua's syntax; shown as a parameter's default.
  var luaText: String { get }
  /// Whether values of the type can name files on a host; see ``OwnPaths``.
  static var takesPath: Bool { get }
  /// The paths of the files that the value names.
  var paths: [String] { get }
}

extension LuaArgument {
  public static var takesPath: Bool { false }
  public var paths: [String] { [] }
}

/// A value that does not match its parameter.
public struct Mismatch: Error, Hashable, Sendable {
  /// The place within the argument: `[3].name`; empty for the argument itself.
  public var path: String
  public var expectation: String
  public var got: String

  public init(_ expectation: String, got: String, at path: String = "") {
    self.path = path
    self.expectation = expectation
    self.got = got
  }

  public init(_ expectation: String, got value: LuaValue, at path: String = "") {
    self.init(expectation, got: value.shortText, at: path)
  }
}

extension LuaValue {
  /// The value in messages: strings quoted and shortened, tables and functions by their type.
  package var shortText: String {
    switch self {
    case .nil: "nil"
    case .boolean(let value): String(value)
    case .integer(let value): String(value)
    case .number(let value): String(value)
    case .string(let bytes): Self.quoted(bytes)
    case .table(let table): table.list.isEmpty && !table.fields.isEmpty ? "a table" : "a list"
    case .function: "a function"
    case .object(let object): "a \(object.kind)"
    }
  }

  private static func quoted(_ bytes: [UInt8]) -> String {
    let limit = 60
    var text = "\""
    for scalar in String(decoding: bytes.prefix(limit), as: UTF8.self).unicodeScalars {
      switch scalar {
      case "\n": text += "\\n"
      case "\r": text += "\\r"
      case "\t": text += "\\t"
      case "\"": text += "\\\""
      case "\\": text += "\\\\"
      default: text += scalar.value < 0x20 || scalar.value == 0x7F ? "\\\(scalar.value)" : String(scalar)
      }
    }
    return text + "\"" + (bytes.count > limit ? "… (\(bytes.count) bytes)" : "")
  }
}
