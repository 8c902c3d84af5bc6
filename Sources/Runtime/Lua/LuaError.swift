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

/// A function of a recipe, active when an error was raised.
package struct LuaFrame: Sendable, Hashable {
  package let position: LuaPosition
  /// The function's name, if Lua knows it.
  package let function: String?
}

/// An error not caught by the recipe.
package struct LuaError: Error, Sendable, Hashable {
  package enum Kind: String, Sendable {
    /// The text is not valid Lua.
    case syntax
    /// An error of Lua itself, or raised by the recipe with `error`.
    case runtime
    /// An error of a native function, with its data in ``fields``.
    case native
    case memory
    /// The time or instruction limit of ``LuaLimits``.
    case limit
    /// ``LuaMachine/stop(because:)``.
    case stopped
    /// The Swift task of the call was cancelled.
    case cancelled
  }

  package static let longestTraceback = 10

  package var kind: Kind
  /// The description without the position; always one line.
  package var message: String
  package var position: LuaPosition?
  /// The recipe's frames, innermost first, through nested coroutines; at most ten.
  package var traceback: [LuaFrame]
  /// The fields of the raised table, such as `kind`, `host` and `status`; empty for a raised string.
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
  /// In Lua's own form, for editors: `recipe.lua:12: message`.
  package var description: String { position.map { "\($0): \(message)" } ?? message }
}

/// An error whose data recipes can read.
///
/// Thrown by a native function, the error raises a table with these fields, `message`, `position`, and a `tostring`
/// that gives position and message. Any other Swift error becomes such a table with `kind = "error"` and its
/// description.
package protocol LuaRepresentable: Error {
  var luaFields: [String: LuaValue] { get }
  var luaMessage: String { get }
}

/// A native function was used incorrectly.
package struct LuaMisuse: LuaRepresentable, Hashable, CustomStringConvertible {
  /// The recipe's `kind` of the error.
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
