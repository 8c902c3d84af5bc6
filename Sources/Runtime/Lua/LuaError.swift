import Values

/// A line of a recipe.
package struct LuaPosition: Sendable, Hashable, CustomStringConvertible {
  /// The name under which the chunk was loaded.
  package let chunk: String
  package let line: Int

  package init(chunk: String, line: Int) {
    self.chunk = chunk
    self.line = line
  }

  package var description: String { "\(chunk):\(line)" }
}

/// One function of a recipe that was running when an error was raised.
package struct LuaFrame: Sendable, Hashable {
  package let position: LuaPosition
  /// The function's name as far as Lua knows one.
  package let function: String?
}

/// An error that no recipe code caught.
package struct LuaError: Error, Sendable, Hashable {
  package enum Kind: String, Sendable {
    /// The text is not Lua.
    case syntax
    /// An error of Lua itself, or one that the recipe raised with `error`.
    case runtime
    /// An error of a native function; ``fields`` has all of it.
    case native
    case memory
    /// The time or instruction limit of ``LuaLimits``.
    case limit
    /// ``LuaMachine/stop(because:)``.
    case stopped
    /// The Swift task that made the call was cancelled.
    case cancelled
  }

  package static let longestTraceback = 10

  package var kind: Kind
  /// What went wrong, without the position; one line, whatever the recipe raised.
  package var message: String
  package var position: LuaPosition?
  /// The recipe's frames, innermost first, through nested coroutines; at most ten.
  package var traceback: [LuaFrame]
  /// What the raised table held, such as `kind`, `host` and `status`; empty when a string was raised.
  package var fields: [String: LuaValue]

  package init(
    kind: Kind, message: String, position: LuaPosition? = nil, traceback: [LuaFrame] = [],
    fields: [String: LuaValue] = [:]
  ) {
    self.kind = kind
    self.message = message.oneLine
    self.position = position
    self.traceback = traceback
    self.fields = fields
  }
}

extension LuaError: CustomStringConvertible {
  /// Lua's own form, which editors parse: `recipe.lua:12: message`.
  package var description: String { position.map { "\($0): \(message)" } ?? message }
}

/// An error that recipes can look into.
///
/// A native function that throws one raises a table with these fields, `message`, `position`, and a
/// `tostring` that gives position and message. Any other Swift error becomes such a table with `kind =
/// "error"` and its description.
package protocol LuaRepresentable: Error {
  var luaFields: [String: LuaValue] { get }
  var luaMessage: String { get }
}

/// A native function was used in a way that it does not allow.
package struct LuaMisuse: LuaRepresentable, Hashable, CustomStringConvertible {
  /// What a recipe sees in `kind`.
  package enum Kind: String, Sendable, CaseIterable {
    case argument
    /// A function that waits was called where Lua cannot.
    case place
    case member
    /// The run is being ended.
    case stopped
    case module
  }

  package let kind: Kind
  package let luaMessage: String

  package init(kind: Kind, message: String) {
    self.kind = kind
    luaMessage = message.oneLine
  }

  package var luaFields: [String: LuaValue] { ["kind": .string(kind.rawValue)] }
  package var description: String { luaMessage }
}
