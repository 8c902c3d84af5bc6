import Values

/// The types for the parameters of a declaration in Lua.
enum ParameterTypes {
  private static let named: [(name: String, type: any LuaArgument.Type)] = [
    ("string", String.self), ("boolean", Bool.self), ("integer", Int.self), ("path", RemotePath.self),
    ("mode", FileMode.self), ("port", Port.self), ("seconds", Seconds.self), ("owner", OwnerArgument.self),
    ("key", KeyArgument.self), ("host", HostArgument.self), ("bytes", Bytes.self), ("secret", CommandInput.self),
    ("table", [String: AnyArgument].self), ("any", AnyArgument.self),
  ]

  static var names: [String] { named.map(\.name) }

  /// - Parameter name: a name of ``names``; for a list, with `[]` at the end.
  static func type(_ name: String) -> (any LuaArgument.Type)? {
    if name.hasSuffix("[]") { return type(String(name.dropLast(2))).map { list(of: $0) } }
    return named.first { $0.name == name }?.type
  }

  /// The type of a default without a declared type.
  static func type(of value: LuaValue) -> (any LuaArgument.Type)? {
    switch value {
    case .boolean: Bool.self
    case .integer: Int.self
    case .string: String.self
    default: nil
    }
  }

  private static func list<Element: LuaArgument>(of type: Element.Type) -> any LuaArgument.Type { [Element].self }
}
