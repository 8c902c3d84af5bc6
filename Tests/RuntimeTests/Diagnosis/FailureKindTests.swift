import Testing

@testable import Diagnosis
@testable import Lua
@testable import Primitives
@testable import Runs
@testable import Values

@Suite struct FailureKindTests {
  /// Recipes test these, so none may go or change.
  private static let names = [
    "unreachable", "hostkey", "denied", "root", "timeout", "lost", "client", "absent", "exists", "kind", "link",
    "not-empty", "key", "mismatch", "no-agent", "no-tool", "exit", "changed", "not-as-wanted", "limit", "refused",
    "lockout", "config",
    "rehearsal", "rolled-back", "rescued", "unknown", "busy", "unsupported", "argument", "permission", "member",
    "place",
    "module", "syntax", "memory", "recipe", "error", "parallel", "unanswered", "cancelled", "stopped", "failed",
  ]

  @Test func `recipes see the names that they always saw`() {
    #expect(Failure.Kind.allCases.map(\.rawValue) == Self.names)
  }

  @Test func `each kind has a meaning of its own, which is one line and ends with a full stop`() {
    let meanings = Failure.Kind.allCases.map(\.meaning)
    #expect(Set(meanings).count == meanings.count)
    for meaning in meanings { #expect(meaning.hasSuffix(".") && !meaning.contains("\n"), "\(meaning)") }
  }

  @Test func `every kind that Lua itself raises is among them`() {
    let errors: [LuaError.Kind] = [.syntax, .memory, .limit, .stopped, .cancelled]
    let raised = LuaMisuse.Kind.allCases.map(\.rawValue) + errors.map(\.rawValue) + ["error"]
    #expect(Set(raised).isSubset(of: Self.names))
  }

  @Test(arguments: Failure.Kind.allCases)
  func `a failure comes back from a recipe with its kind`(kind: Failure.Kind) {
    let failure = Failure(kind, "no")
    #expect(Failure(fields: failure.luaFields) == failure)
  }

  @Test func `a kind of the recipe's own is kept, and counts as any other failure`() async throws {
    let played = try await RunStage().play(
      #"""
      recipe {
        summary = "x",
        run = function()
          local _, problem = pcall(fail, { kind = "no-music", message = "it is silent" })
          note(problem.kind)
          fail(problem)
        end,
      }
      """#)
    #expect(played.lines.contains("note no-music"))
    #expect(played.failures.map(\.kind) == [.failed])
    #expect(played.failures.map(\.kindName) == ["no-music"])
    #expect(played.failures.map(\.message) == ["it is silent"])
  }

  @Test func `a kind that the program decides on replaces that of the recipe`() {
    var failure = Failure(fields: ["kind": .string("no-music"), "message": .string("it is silent")])
    failure.kind = .unknown
    #expect(failure.kindName == "unknown")
    #expect(failure.recipeKind == nil)
  }

  @Test func `a cause comes back as that of the catalogue, one of the recipe's own by its name alone`() {
    #expect(Failure(fields: ["cause": .string("bad-modes")]).cause == .badModes)
    let own = Failure(fields: ["cause": .string("no-music")])
    #expect(own.cause == Cause("no-music", "", ""))
    #expect(own.luaFields["cause"] == .string("no-music"))
  }

  @Test func `a table without a kind, and a sentence, are failures of no other kind`() {
    #expect(Failure(fields: ["message": .string("no")]) == Failure(.failed, "no"))
    #expect(Failure(reason: .string("no")) == Failure(.failed, "no"))
  }
}
