import Values

/// One call of a native function.
package struct LuaCall: Sendable {
  package let arguments: [LuaValue]
  /// The number that ``LuaMachine/call(_:_:branch:)`` was given.
  package let branch: Int
  /// Where the recipe made the call; `nil` when no recipe code is on the stack, or for a function that did not ask.
  package let position: LuaPosition?
  /// The object before the colon, in a method call.
  package let object: LuaObject?
}

/// The work of a function that waits. It runs on the machine's actor, so that a wait that is over at once
/// costs no change of thread.
package typealias LuaWork = nonisolated(nonsending) @Sendable () async throws -> [LuaValue]

/// A Swift function that Lua can call.
package struct LuaFunction: Sendable {
  enum Body: Sendable {
    case immediate(@Sendable (LuaCall) throws -> [LuaValue])
    case waiting(@Sendable (LuaCall) throws -> LuaWork)
  }

  let body: Body
  /// Whether functions may be among the arguments, at any depth. Those of a function that waits are kept until its work
  /// is over, others until ``LuaMachine/release(_:)``.
  let takesFunctions: Bool
  let takesPosition: Bool
  /// Whether the call may be made at all; asked before its arguments are read.
  let admit: (@Sendable (LuaObject?) throws -> Void)?

  /// Runs inside the call. Keep it short: the machine does nothing else meanwhile.
  ///
  /// - Parameter takesPosition: whether the call carries its position, which costs as much again as a small call.
  package static func immediate(
    takesFunctions: Bool = false, takesPosition: Bool = false,
    _ body: @escaping @Sendable (LuaCall) throws -> [LuaValue]
  ) -> LuaFunction {
    LuaFunction(body: .immediate(body), takesFunctions: takesFunctions, takesPosition: takesPosition, admit: nil)
  }

  /// Checks its arguments inside the call, and returns the work during which the coroutine is suspended.
  ///
  /// - Parameter admit: throws when the call must not be made, whatever its arguments are, which it does not see.
  package static func waiting(
    takesFunctions: Bool = false, admit: (@Sendable (LuaObject?) throws -> Void)? = nil,
    _ body: @escaping @Sendable (LuaCall) throws -> LuaWork
  ) -> LuaFunction {
    LuaFunction(body: .waiting(body), takesFunctions: takesFunctions, takesPosition: true, admit: admit)
  }
}

/// What Lua sees of a kind of ``LuaObject``.
package struct LuaKind: Sendable {
  package let name: String
  /// `object:name(...)`.
  package var methods: [String: LuaFunction]
  /// `object.name`, asked for when no method has the name; `nil` when there is no such field.
  package var field: @Sendable (LuaObject, String) throws -> LuaValue?
  /// `tostring(object)`.
  package var describe: @Sendable (LuaObject) -> String
  /// The message for a name that is neither a method nor a field, from the kind's name and that name.
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
