/// One argument of a primitive: its name, what it is for, and its default. The one place from which the check, the
/// message, the reference page and the editor stub come.
package struct Parameter<Value: LuaArgument>: Sendable {
  package let name: String
  package let help: String
  let fallback: Value?

  /// A parameter that must be given, unless its type is an optional one.
  package init(_ name: String, _ help: String) {
    self.name = name
    self.help = help
    fallback = nil
  }

  package init(_ name: String, _ help: String, default fallback: Value) {
    self.name = name
    self.help = help
    self.fallback = fallback
  }

  /// - Throws: ``ArgumentError`` that names the parameter.
  package func read(_ arguments: [String: LuaValue]) throws(ArgumentError) -> Value {
    let value = arguments[name] ?? .nil
    if value == .nil, let fallback { return fallback }
    do throws(Mismatch) { return try Value(lua: value) } catch {
      throw .mismatch(parameter: name + error.path, expected: error.expectation, got: error.got)
    }
  }

  package var info: ParameterInfo {
    let acceptsNil = (try? Value(lua: .nil)) != nil
    return ParameterInfo(
      name: name, help: help, luaType: Value.luaType, expectation: Value.expectation,
      isRequired: fallback == nil && !acceptsNil, defaultText: fallback.map(\.luaText))
  }
}

/// What is known of a parameter without its type: for lists of them, reference pages and stubs.
package struct ParameterInfo: Sendable, Hashable {
  package let name: String
  package let help: String
  package let luaType: String
  package let expectation: String
  package let isRequired: Bool
  package let defaultText: String?

  /// Whether a recipe names a file with it.
  package var takesPath: Bool { [RemotePath.expectation, KeyArgument.expectation].contains(expectation) }
}

/// Arguments that a primitive cannot take; nothing has been sent to a host yet.
package enum ArgumentError: Error, Hashable, Sendable {
  case mismatch(parameter: String, expected: String, got: String)
  case unknown(parameter: String, nearest: String?)
  case tooMany(given: Int, taken: Int)
  case twice(parameter: String)
}
