import Contract
import Diagnosis
import Formats
import Hosts
import Lua
import Recipes
import Values

extension Failure: LuaRepresentable {
  package var luaMessage: String { message }
}

extension Run {
  /// Any error of a branch or of the recipe as a failure.
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
    failure.position = error.position?.description ?? failure.position
    // What a branch raised has the branch's frames; those of the caller of `parallel` follow.
    failure.traceback = Array((failure.traceback + error.traceback.map(\.text)).prefix(LuaError.longestTraceback))
    return failure
  }

  /// Any error of a primitive as a failure.
  func failure(from error: any Error, in primitive: Primitive?, host: Host?) -> Failure {
    var failure: Failure
    switch error {
    case let error as Failure: failure = error
    case let error as LuaError: failure = self.failure(from: error)
    case let error as RecipeError: failure = self.failure(from: error)
    case let error as ArgumentError:
      failure = Failure(.argument, error.message(primitive: primitive?.name ?? "?"))
      if let primitive { failure.fix = ["ssh-recipes primitives \(primitive.name)"] }
    case let error as WriteError: failure = Failure(error)
    case let error as HostError: failure = Failure(error, target: host?.target)
    case is CancellationError: failure = Failure(.cancelled, "the run was cancelled")
    default: failure = Failure(.failed, String(describing: error))
    }
    failure.primitive = failure.primitive ?? primitive?.name
    failure.host = failure.host ?? host?.name
    return failure
  }
}

extension LuaLimits {
  /// What a recipe may use up, for one that has; nearly always a loop that never ends.
  fileprivate var explanation: String {
    let total = instructions.map { ", and use \($0 / 1_000_000) million instructions in all" } ?? ""
    return "a recipe may go on for \(sliceTime.components.seconds) seconds without waiting for anything" + total
  }
}

extension LuaFrame {
  var text: String { "\(position)" + (function.map { " in \($0)" } ?? "") }
}

extension ArgumentError {
  /// In Lua's own words for such errors, with what was expected and the nearest right name.
  package func message(primitive: String) -> String {
    let text =
      switch self {
      case .mismatch(let parameter, let expected, let got):
        "bad argument '\(parameter)' to '\(primitive)' (\(expected) expected, got \(got))"
      case .unknown(let parameter, let nearest):
        "bad argument '\(parameter)' to '\(primitive)' (no such argument"
          + (nearest.map { "; did you mean '\($0)'?)" } ?? ")")
      case .tooMany(let given, let taken):
        "too many arguments to '\(primitive)' (\(given) given, \(taken) taken)"
      case .twice(let parameter):
        "bad argument '\(parameter)' to '\(primitive)' (given twice, by place and by name)"
      }
    return text.oneLine
  }
}

extension Failure {
  init(_ error: WriteError) {
    switch error {
    case .changedMeanwhile(let path):
      self.init(
        .changed, "\(path) is not as it was a moment ago; somebody else works on it", cause: "changed-meanwhile",
        fix: ["run the recipe again"], paths: [path])
    case .failed(let act, let status, let stderr):
      let lines = FileSystemLine.split(stderr).lines
      self.init(
        .exit, "could not \(act.summary)", seen: lines, status: Int(status), stderr: lines.joined(separator: "\n"),
        paths: act.path.map { [$0] } ?? [])
      if let disk = act.path.flatMap({ Diagnosis(ofDisk: stderr, writing: $0) }) { explain(by: disk) }
    case .notAsWanted(let path, let wanted, let seen):
      self.init(
        .changed, "\(path) should be \(wanted) now, but is \(seen)", cause: "not-as-wanted",
        explanation:
          "the command reported success and did not do it; an access control list or the file system decides here",
        paths: [path])
    }
  }
}
