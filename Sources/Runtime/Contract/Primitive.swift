import Values

/// A primitive, declared once. The declaration is the source of the Lua binding, the argument checks and their
/// messages, the reference page, the editor stubs and the linter files.
public struct Primitive: Sendable {
  public enum Scope: Sendable {
    /// A method of hosts: `pi:chmod(…)`.
    case host
    /// A function of the recipe itself: `confirm "…"`.
    case recipe
  }

  package typealias Body = @Sendable (PrimitiveContext) async throws -> Decision

  public let name: String
  /// One sentence with a full stop.
  public let summary: String
  package let scope: Scope
  /// `nil` if no permission is needed.
  package let permission: Permission?
  /// Enough for some calls, in place of ``permission``. The body then requires the permissions of the call.
  package let alternative: Permission?
  package let parameters: [ParameterInfo]
  package let results: [ResultField]
  /// The check after the work, as the meaning of "done".
  package let done: String
  /// A working line of Lua.
  package let example: String
  /// Checks the arguments and returns the body, still without a context. Sends nothing to a host.
  ///
  /// - Throws: ``ArgumentError``.
  package let prepare: @Sendable ([LuaValue]) throws(ArgumentError) -> Body

  public init<each Value: LuaArgument>(
    _ name: String, _ summary: String, scope: Scope = .host, needs permission: Permission?,
    or alternative: Permission? = nil,
    _ parameter: repeat Parameter<each Value>,
    results: [ResultField] = [], done: String = "", example: String,
    body: @escaping @Sendable (PrimitiveContext, repeat each Value) async throws -> Decision
  ) {
    self.name = name
    self.summary = summary
    self.scope = scope
    self.permission = permission
    self.alternative = alternative
    self.results = results
    self.done = done
    self.example = example
    var infos: [ParameterInfo] = []
    repeat infos.append((each parameter).info)
    let parameters = infos
    self.parameters = parameters
    prepare = { arguments throws(ArgumentError) in
      let named = try ArgumentList.named(arguments, parameters: parameters)
      let values = (repeat try (each parameter).read(named))
      return { context in
        if permission?.coversAllPaths != true {
          repeat try await context.admit(each values, own: (each parameter).own, among: named, for: name)
        }
        return try await body(context, repeat each values)
      }
    }
  }
}

/// A field of a primitive's result table.
public struct ResultField: Sendable, Hashable {
  package let name: String
  package let luaType: String
  package let help: String

  public init(_ name: String, _ luaType: String, _ help: String) {
    self.name = name
    self.luaType = luaType
    self.help = help
  }
}
