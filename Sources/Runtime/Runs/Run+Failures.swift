import Contract
import Diagnosis
import Hosts
import Lua
import Recipes
import Values

extension Failure: LuaRepresentable {
  package var luaMessage: String { message }
}

extension Run {
  /// A failure for any error of a branch or of the recipe.
  func failure(from error: any Error) -> Failure {
    guard let error = error as? LuaError else { return failure(from: error, in: nil, host: nil) }
    var failure: Failure
    switch error.kind {
    case .native: failure = Failure(fields: error.fields.merging(["message": .string(error.message)]) { $1 })
    case .cancelled, .stopped: failure = Failure(.cancelled, error.message)
    case .syntax: failure = Failure(.syntax, error.message)
    case .memory: failure = Failure(.limit, error.message)
    case .limit: failure = Failure(.limit, error.message, explanation: setup.limits.explanation)
    case .runtime: failure = Failure(.recipe, error.message)
    }
    if error.kind == .limit, let inner = state.read(\.exhausted) {
      failure.message = inner.message
      failure.within = inner.within
    }
    failure.position = error.position?.description ?? failure.position
    // An error raised in a branch has the branch's frames; the frames of the caller of `parallel` follow.
    failure.traceback = Array((failure.traceback + error.traceback.map(\.text)).prefix(LuaError.longestTraceback))
    return failure
  }

  /// A failure for any error of a primitive.
  func failure(from error: any Error, in primitive: Primitive?, host: Host?) -> Failure {
    var failure: Failure
    switch error {
    case let error as LuaError: failure = self.failure(from: error)
    case let error as RecipeError: failure = self.failure(from: error)
    case let error as PrimitiveError: failure = self.failure(from: error)
    case let error as ArgumentError:
      failure = Failure(.argument, error.message(primitive: primitive?.name ?? "?"))
      if let primitive { failure.fix = ["ssh-recipes primitives \(primitive.name)"] }
    default: failure = Failure(describing: error, target: host?.target)
    }
    failure.primitive = failure.primitive ?? primitive?.name
    failure.host = failure.host ?? host?.name
    return failure
  }
}

extension LuaLimits {
  /// The limits of a recipe, after the recipe has exceeded them; nearly always because of an endless loop.
  fileprivate var explanation: String {
    let total = instructions.map { ", and use \($0 / 1_000_000) million instructions in all" } ?? ""
    return "a recipe may go on for \(sliceTime.components.seconds) seconds without waiting for anything" + total
  }
}

extension LuaFrame {
  var text: String { "\(position)" + (function.map { " in \($0)" } ?? "") }
}
