import Hosts
import Values

/// A primitive's answer after reading.
public enum Decision: Sendable {
  /// Everything is as wanted already; the text says how.
  case unchanged(String, [String: LuaValue] = [:])
  /// A change is needed; only this case gets a writer. `planned` is a plan's result for values known only after the
  /// change. `diff` is shown in plans and with `--verbose`.
  case change(
    String, planned: [String: LuaValue] = [:], diff: String? = nil,
    _ act: @Sendable (any Writer) async throws -> [String: LuaValue])
  /// A result without a change.
  case value([String: LuaValue], String? = nil)
  /// Changes nothing, but must not happen in a plan, such as a login or a prompt. A plan's result is `planned`, or
  /// `plain` instead of a table.
  case observe(
    String, planned: [String: LuaValue], plain: LuaValue? = nil, _ look: @Sendable () async throws -> Observation)
  /// A plain Lua value instead of a table, such as the text of a file.
  case plain(LuaValue, String? = nil)
}

/// The result of an observation.
public struct Observation: Sendable {
  public var fields: [String: LuaValue]
  /// One line for the user: `logged in with SHA256:… as pi`.
  public var summary: String
  /// Whether the result is as hoped. Only shown; `false` is no error.
  public var isGood: Bool
  /// If set, the result for the recipe instead of a table.
  public var plain: LuaValue?
  /// Set after a step that the user was asked to do by hand.
  package var manualStep: ManualStep?

  public init(_ summary: String, fields: [String: LuaValue] = [:], isGood: Bool = true, plain: LuaValue? = nil) {
    self.summary = summary
    self.fields = fields
    self.isGood = isGood
    self.plain = plain
  }
}
