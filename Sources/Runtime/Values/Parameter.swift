/// One parameter of a primitive: name, help and default. Checks, messages, the reference page and editor stubs are made
/// from this declaration.
public struct Parameter<Value: LuaArgument>: Sendable {
  package let name: String
  package let help: String
  /// The paths that need no permission `files`; only relevant for a type that names files.
  package let own: OwnPaths
  let fallback: Value?

  /// A required parameter, unless its type is optional.
  ///
  /// - Parameters:
  ///   - name: the name in recipes.
  ///   - help: a sentence with a full stop, for the reference.
  public init(_ name: String, _ help: String) {
    self.init(name, help, own: .none)
  }

  /// A required parameter, unless its type is optional, for a type that names files.
  ///
  /// - Parameters:
  ///   - name: the name in recipes.
  ///   - help: a sentence with a full stop, for the reference.
  ///   - own: the paths that need no permission `files`.
  package init(_ name: String, _ help: String, own: OwnPaths) {
    self.name = name
    self.help = help
    self.own = own
    fallback = nil
  }

  /// A parameter with a default.
  public init(_ name: String, _ help: String, default fallback: Value) {
    self.name = name
    self.help = help
    own = .none
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

  /// Checks the argument, unless only a run knows it.
  ///
  /// - Throws: ``ArgumentError`` that names the parameter.
  package func inspect(_ arguments: [String: LuaValue], _ unknown: Set<String>) throws(ArgumentError) {
    if !unknown.contains(name) { _ = try read(arguments) }
  }

  package var info: ParameterInfo {
    let acceptsNil = (try? Value(lua: .nil)) != nil
    return ParameterInfo(
      name: name, help: help, luaType: Value.luaType, expectation: Value.expectation,
      isRequired: fallback == nil && !acceptsNil, defaultText: fallback.map(\.luaText),
      takesPath: Value.takesPath, own: own)
  }
}

/// A parameter without its Swift type, for lists of parameters, reference pages and editor stubs.
package struct ParameterInfo: Sendable, Hashable {
  package let name: String
  package let help: String
  package let luaType: String
  package let expectation: String
  package let isRequired: Bool
  package let defaultText: String?
  /// Whether the argument can name files on a host.
  package let takesPath: Bool
  package let own: OwnPaths
}

/// A mistake in the arguments of a primitive; nothing has been sent to a host yet.
package enum ArgumentError: Error, Hashable, Sendable {
  case mismatch(parameter: String, expected: String, got: String)
  case unknown(parameter: String, nearest: String?)
  case tooMany(given: Int, taken: Int)
  case twice(parameter: String)
}

extension ArgumentError {
  /// The message in Lua's own wording, with the expected type and the nearest correct name.
  package func message(primitive: String) -> String {
    let text =
      switch self {
      case .mismatch(let parameter, let expected, let got):
        "bad argument '\(parameter)' to '\(primitive)' (\(expected) expected, got \(got))"
      case .unknown(let parameter, let nearest):
        "bad argument '\(parameter)' to '\(primitive)' (no such argument"
          + (nearest.map { "; did you mean '\($0)'?)" } ?? ")")
      case .tooMany(let given, let taken):
        "too many arguments to '\(primitive)' (\(given) given, \(taken) taken)"
      case .twice(let parameter):
        "bad argument '\(parameter)' to '\(primitive)' (given twice, by place and by name)"
      }
    return text.oneLine
  }
}
