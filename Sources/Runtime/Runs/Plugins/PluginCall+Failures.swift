import Contract
import Diagnosis
import Lua
import Recipes

extension PluginCall {
  /// A failure with the place in the primitive apart from the place in the recipe.
  func told(_ failure: Failure) -> Failure {
    var failure = failure
    let subject = "the primitive '\(entry.file.name)'"
    failure.message = failure.message.replacing("attempt to yield", with: "\(subject) yielded")
      .replacing("the recipe failed with", with: "\(subject) failed with")
    failure.within = failure.within ?? failure.position ?? entry.file.path
    failure.position = nil
    failure.failures = failure.failures.map { part in
      var part = told(part)
      part.position = context.position
      return part
    }
    return failure
  }

  /// The failure of a primitive that used up the time of the run's Lua machine. The machine then stops, so that the
  /// recipe's own error follows.
  func exhausted(_ error: LuaError) -> Failure {
    var failure = told(run.failure(from: error))
    failure.message = failure.message.replacing("the recipe", with: "the primitive '\(entry.file.name)'")
    run.state.update { [failure] in $0.exhausted = $0.exhausted ?? failure }
    return failure
  }
}

extension PluginFrame.Phase {
  /// The function that runs in this phase, for messages.
  func origin(in name: String) -> String {
    self == .acting ? "the function of `change` in '\(name)'" : "the body of '\(name)'"
  }

  /// The failure of a function that returned a value of the wrong kind.
  func returned(_ value: String, by name: String) -> Failure {
    guard self == .acting else {
      return Failure(
        .recipe,
        "\(origin(in: name)) returned \(value); expected unchanged(…), change(…), or a table of results",
        fix: ["return unchanged(\"why\") or change(\"what\", function() … end)"])
    }
    return Failure(.recipe, "\(origin(in: name)) returned \(value); expected a table of results, or nothing")
  }
}

extension LuaError {
  /// The value in the words of "bad result #1 (it is a function)", for a result that cannot leave Lua.
  fileprivate var unreadable: Substring? {
    message.hasPrefix("bad result #") ? message.dropLast().split(separator: "(", maxSplits: 1).last : nil
  }

  var unreadableResult: String? {
    unreadable.map { $0.hasPrefix("it is ") ? String($0.dropFirst(6)) : "a table whose \($0)" }
  }
}
