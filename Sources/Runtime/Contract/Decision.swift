import Hosts
import Values

/// What a primitive makes of what it has read.
package enum Decision: Sendable {
  /// All is as wanted already; says why.
  case unchanged(String, [String: LuaValue] = [:])
  /// Something is to be done. Only here is a writer. `planned` is the result that a plan hands to the recipe where the
  /// real one is known at run time only; `diff` is shown by plans and with `--verbose`.
  case change(
    String, planned: [String: LuaValue] = [:], diff: String? = nil,
    _ act: @Sendable (any Writer) async throws -> [String: LuaValue])
  /// An answer; nothing to change.
  case value([String: LuaValue], String? = nil)
  /// Something that changes nothing but must not happen in a plan, such as a login or a question. `planned`, or `plain`
  /// where the result is not a table, stands for its result there.
  case observe(
    String, planned: [String: LuaValue], plain: LuaValue? = nil, _ look: @Sendable () async throws -> Observation)
  /// A plain Lua value instead of a table: the text of a file, an answer.
  case plain(LuaValue, String? = nil)
}

/// What an observation saw.
package struct Observation: Sendable {
  package var fields: [String: LuaValue]
  /// One line for people: `logged in with SHA256:… as pi`.
  package var summary: String
  /// Whether it is what was hoped for; shown, never an error by itself.
  package var isGood: Bool
  /// When set, the recipe gets this value instead of a table.
  package var plain: LuaValue?

  package init(_ summary: String, fields: [String: LuaValue] = [:], isGood: Bool = true, plain: LuaValue? = nil) {
    self.summary = summary
    self.fields = fields
    self.isGood = isGood
    self.plain = plain
  }
}
