/// One primitive, declared once: from this value come the Lua binding, the argument checks and their messages, the
/// reference page, the editor stubs and the linter files.
public struct Primitive: Sendable {
  public enum Scope: Sendable {
    /// A method of hosts: `pi:chmod(…)`.
    case host
    /// A word of the recipe itself: `confirm "…"`.
    case recipe
  }

  public typealias Body = @Sendable (PrimitiveContext) async throws -> Decision

  public let name: String
  /// One sentence with a full stop.
  public let summary: String
  public let scope: Scope
  /// `nil`: every recipe may.
  public let permission: Permission?
  public let parameters: [ParameterInfo]
  public let results: [ResultField]
  /// What "done" means: what the primitive looked at afterwards.
  public let done: String
  /// A line of Lua that works.
  public let example: String
  /// Checks arguments and gives the body that waits for its context. Sends nothing.
  ///
  /// - Throws: ``ArgumentError``.
  public let prepare: @Sendable ([LuaValue]) throws(ArgumentError) -> Body

  public init<each Value: LuaArgument>(
    _ name: String, _ summary: String, scope: Scope = .host, needs permission: Permission?,
    _ parameter: repeat Parameter<each Value>,
    results: [ResultField] = [], done: String = "", example: String,
    body: @escaping @Sendable (PrimitiveContext, repeat each Value) async throws -> Decision
  ) {
    self.name = name
    self.summary = summary
    self.scope = scope
    self.permission = permission
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
      return { context in try await body(context, repeat each values) }
    }
  }
}

/// A field of the table that a primitive returns.
public struct ResultField: Sendable, Hashable {
  public let name: String
  public let luaType: String
  public let help: String

  public init(_ name: String, _ luaType: String, _ help: String) {
    self.name = name
    self.luaType = luaType
    self.help = help
  }
}
