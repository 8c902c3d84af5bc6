import Values

/// A call of a native function.
package struct LuaCall: Sendable {
  package let arguments: [LuaValue]
  /// The number passed to ``LuaMachine/call(_:_:branch:takesFunctions:)``.
  package let branch: Int
  /// The line of the call; `nil` if no recipe code is on the stack, or the function does not take the position.
  package let position: LuaPosition?
  /// The object before the colon, in a method call.
  package let object: LuaObject?
}

/// The work of a waiting function. Runs on the machine's actor, so that a wait without delay needs no change of thread.
package typealias LuaWork = nonisolated(nonsending) @Sendable () async throws -> [LuaValue]

/// A Swift function for Lua to call.
package struct LuaFunction: Sendable {
  enum Body: Sendable {
    case immediate(@Sendable (LuaCall) throws -> [LuaValue])
    case waiting(@Sendable (LuaCall) throws -> LuaWork)
  }

  let body: Body
  /// Whether arguments may contain functions, at any depth. The functions are kept until the work of a waiting function
  /// ends, or else until ``LuaMachine/release(_:)``.
  let takesFunctions: Bool
  let takesPosition: Bool
  /// Throws if the call is not allowed; called before the arguments are read.
  let admit: (@Sendable (LuaObject?) throws -> Void)?

  /// Runs inside the call. Keep the body short: the machine does nothing else meanwhile.
  ///
  /// - Parameter takesPosition: whether the call carries its position, at about the cost of a small call.
  package static func immediate(
    takesFunctions: Bool = false, takesPosition: Bool = false,
    _ body: @escaping @Sendable (LuaCall) throws -> [LuaValue]
  ) -> LuaFunction {
    LuaFunction(body: .immediate(body), takesFunctions: takesFunctions, takesPosition: takesPosition, admit: nil)
  }

  /// Checks its arguments inside the call, and returns the work during which the coroutine is suspended.
  ///
  /// - Parameter admit: throws if the call is not allowed, regardless of the arguments.
  package static func waiting(
    takesFunctions: Bool = false, admit: (@Sendable (LuaObject?) throws -> Void)? = nil,
    _ body: @escaping @Sendable (LuaCall) throws -> LuaWork
  ) -> LuaFunction {
    LuaFunction(body: .waiting(body), takesFunctions: takesFunctions, takesPosition: true, admit: admit)
  }
}

/// The Lua interface of a kind of ``LuaObject``.
package struct LuaKind: Sendable {
  package let name: String
  /// `object:name(...)`.
  package var methods: [String: LuaFunction]
  /// `object.name`, called if no method has the name; `nil` if there is no such field.
  package var field: @Sendable (LuaObject, String) throws -> LuaValue?
  /// `tostring(object)`.
  package var describe: @Sendable (LuaObject) -> String
  /// The message for an unknown method or field, from the kind's name and the unknown name.
  package var unknownMember: @Sendable (String, String) -> String

  package init(
    name: String, methods: [String: LuaFunction] = [:],
    field: @escaping @Sendable (LuaObject, String) throws -> LuaValue? = { _, _ in nil },
    describe: @escaping @Sendable (LuaObject) -> String,
    unknownMember: @escaping @Sendable (String, String) -> String = { "a \($0) has no '\($1)'" }
  ) {
    self.name = name
    self.methods = methods
    self.field = field
    self.describe = describe
    self.unknownMember = unknownMember
  }
}
