/// A parameter of a primitive with a declaration read at run time.
package struct DeclaredParameter: Sendable {
  package typealias Reading = (value: LuaValue, argument: (any LuaArgument)?)

  package let info: ParameterInfo
  /// The value for the body, checked: as given, or the default.
  package let read: @Sendable ([String: LuaValue]) throws(ArgumentError) -> Reading

  /// - Parameters:
  ///   - choices: the only allowed texts; empty for any value of the type.
  ///   - fallback: the default; `nil` for none.
  ///   - isOptional: whether the argument may be left out without a default.
  /// - Throws: ``Mismatch`` if the default is not of the type.
  package init<Value: LuaArgument>(
    _ name: String, _ help: String, _ type: Value.Type, choices: [String] = [], default fallback: LuaValue? = nil,
    isOptional: Bool = false
  ) throws(Mismatch) {
    let quoted = choices.map { "\"\($0)\"" }
    let expectation = choices.isEmpty ? Value.expectation : Wording.choices(choices)
    let check: @Sendable (LuaValue) throws(Mismatch) -> Value = { value throws(Mismatch) in
      guard choices.isEmpty || value.text.map(choices.contains) == true else { throw Mismatch(expectation, got: value) }
      return try Value(lua: value)
    }
    var defaultText: String?
    if let fallback { defaultText = try check(fallback).luaText }
    info = ParameterInfo(
      name: name, help: help, luaType: choices.isEmpty ? Value.luaType : quoted.joined(separator: "|"),
      expectation: expectation, isRequired: fallback == nil && !isOptional, defaultText: defaultText,
      takesPath: Value.takesPath, own: .none)
    read = { arguments throws(ArgumentError) in
      var value = arguments[name] ?? .nil
      if value == .nil, let fallback { value = fallback }
      if value == .nil, isOptional { return (.nil, nil) }
      do throws(Mismatch) { return (value, try check(value)) } catch {
        throw .mismatch(parameter: name + error.path, expected: error.expectation, got: error.got)
      }
    }
  }
}
