import Contract
import Diagnosis
import Hosts

/// A call of a primitive written in Lua, while the body runs. Calls in the body's branch are part of the call: the
/// recipe's report does not show them, and the journal holds their acts under the call's ID.
struct PluginFrame: Sendable {
  enum Phase: Sendable {
    /// The file's top level runs. Only the declaration is allowed there.
    case declaring
    /// The body looks and decides. Nothing may change.
    case deciding
    /// The function of `change` works.
    case acting
    /// The body runs once more after the change, to see whether all is as wanted.
    case checking
  }

  var primitive: Primitive
  var phase: Phase
  /// The call that the report shows.
  var call: Int
  /// The recipe's own branch, for messages to the user.
  var branch: Int
  /// Whether the call has the turn on this computer.
  var hasTurnHere: Bool
  /// The primitives at work, outermost first.
  var chain: [String]

  init(
    primitive: Primitive, phase: Phase, call: Int, branch: Int, hasTurnHere: Bool, chain: [String]
  ) {
    self.primitive = primitive
    self.phase = phase
    self.call = call
    self.branch = branch
    self.hasTurnHere = hasTurnHere
    self.chain = chain
  }

  /// For the top level of the primitive's file.
  init(declaring primitive: Primitive) {
    self.init(primitive: primitive, phase: .declaring, call: 0, branch: 0, hasTurnHere: false, chain: [])
  }

  var isDeciding: Bool { phase == .deciding || phase == .checking }

  private var allowed: [Permission] { primitive.permissions + primitive.perhaps }

  var caller: PrimitiveContext.Caller {
    PrimitiveContext.Caller(
      name: primitive.name, file: primitive.file ?? "its file", needs: Set(allowed),
      isDeciding: isDeciding)
  }

  /// Refuses a call of another primitive in the wrong place.
  ///
  /// - Throws: ``Failure``.
  func admit(_ called: Primitive) throws {
    if phase == .declaring {
      throw Failure(.permission, "'\(called.name)' can only be used in the body of '\(primitive.name)'")
    }
    if ["step", "manual"].contains(called.name) {
      throw Failure(.place, "'\(called.name)' belongs to recipes; '\(primitive.name)' is a primitive")
    }
    let needed = called.permissions.filter { !allowed.contains($0) }
    if let alternative = called.alternative, allowed.contains(alternative) { return }
    if let missing = needed.first { throw caller.lacks(missing, for: called.name) }
  }

  /// The failure of a change, a prompt or a login during the decision.
  func mayNot(_ called: Primitive, _ what: String) -> Failure {
    let isCommand = called.name == "run"
    return Failure(
      .refused, "'\(primitive.name)' may only look while it decides, but '\(called.name)' would act: \(what)",
      fix: [
        isCommand ? "if the command only reads, say so: reads = true" : nil,
        "return change(\"…\", function() … end), and make the call in that function",
      ].compactMap(\.self))
  }
}
