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
  /// Further permissions, all needed besides ``permission``.
  package let further: [Permission]
  /// Permissions needed by some calls.
  package let perhaps: [Permission]
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
  /// Checks arguments by name, apart from those that only a run knows.
  ///
  /// - Throws: ``ArgumentError``.
  package let inspect: @Sendable (_ named: [String: LuaValue], _ unknown: Set<String>) throws(ArgumentError) -> Void
  /// The file with the declaration; `nil` for a primitive in Swift.
  package let file: String?

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
    further = []
    perhaps = []
    file = nil
    self.results = results
    self.done = done
    self.example = example
    var infos: [ParameterInfo] = []
    repeat infos.append((each parameter).info)
    let parameters = infos
    self.parameters = parameters
    inspect = { named, unknown throws(ArgumentError) in repeat try (each parameter).inspect(named, unknown) }
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

extension Primitive {
  /// A primitive with a declaration read at run time: a primitive written in Lua.
  ///
  /// - Parameters:
  ///   - file: the file with the declaration.
  ///   - needs: the permissions of each call.
  ///   - perhaps: the permissions of some calls.
  ///   - body: gets the checked arguments by name, with defaults.
  package init(
    declared name: String, _ summary: String, in file: String, needs: [Permission], perhaps: [Permission],
    _ parameters: [DeclaredParameter], results: [ResultField], done: String, example: String,
    body: @escaping @Sendable (PrimitiveContext, [String: LuaValue]) async throws -> Decision
  ) {
    self.name = name
    self.summary = summary
    self.file = file
    self.perhaps = perhaps
    scope = .host
    // With a permission for all paths, the call does not check each path.
    let needs = needs.filter(\.coversAllPaths) + needs.filter { !$0.coversAllPaths }
    permission = needs.first
    further = Array(needs.dropFirst())
    alternative = nil
    self.parameters = parameters.map(\.info)
    self.results = results
    self.done = done
    self.example = example
    let coversAllPaths = permission?.coversAllPaths == true
    inspect = { named, unknown throws(ArgumentError) in
      for parameter in parameters where !unknown.contains(parameter.info.name) { _ = try parameter.read(named) }
    }
    prepare = { [infos = parameters.map(\.info)] arguments throws(ArgumentError) in
      let named = try ArgumentList.named(arguments, parameters: infos)
      var values: [String: LuaValue] = [:]
      var read: [any LuaArgument] = []
      for parameter in parameters {
        let (value, argument) = try parameter.read(named)
        values[parameter.info.name] = value
        if let argument { read.append(argument) }
      }
      return { [values, read] context in
        if !coversAllPaths {
          for argument in read { try await context.admit(argument, own: .none, among: named, for: name) }
        }
        return try await body(context, values)
      }
    }
  }

  /// All permissions needed by each call, in the order of the manual.
  package var permissions: [Permission] {
    let needed = (permission.map { [$0] } ?? []) + further
    return Permission.allCases.filter(needed.contains)
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
