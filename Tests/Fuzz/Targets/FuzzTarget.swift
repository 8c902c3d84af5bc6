/// The targets for inputs. The same functions run under libFuzzer (`make fuzz`) and in the unit tests.
public enum FuzzTarget: String, CaseIterable, Sendable {
  /// The input is a recipe's text.
  case recipe
  /// The input chooses a primitive and its arguments.
  case arguments
  /// The input chooses a program of coroutines, protected calls, closes and waits, and the place of its end.
  case sequences
  /// The input makes the answers of a host on which a recipe calls primitives.
  case answers
  /// The input is a text from a host or a server, of any format.
  case texts

  /// A problem other than a crash: an ignored limit, leftover values, or an invalid message.
  ///
  /// - Parameter seconds: the limit in processor time, so that a busy computer does not cause findings; `nil` in a
  ///   process with other work.
  public func finding(_ input: [UInt8], within seconds: Double? = nil) async -> String? {
    var scene: FuzzScene?
    do {
      switch self {
      case .answers:
        try await HostAnswers.play(input)
        return nil
      case .texts:
        try HostTexts.play(input)
        return nil
      case .recipe, .arguments, .sequences: break
      }
      let fresh = try await FuzzScene()
      scene = fresh
      switch self {
      case .recipe: try await RecipeText.play(input, in: fresh)
      case .arguments: try await PrimitiveArguments.play(input, in: fresh)
      case .sequences: try await CallSequence.play(input, in: fresh)
      case .answers, .texts: break
      }
      try await fresh.finish(within: seconds)
      return nil
    } catch { return "\(error)\nafter: \(scene?.played.last ?? "nothing")" }
  }
}

/// A violated expectation.
struct Finding: Error, CustomStringConvertible {
  let description: String

  init(_ description: String) { self.description = description }

  static func unless(_ holds: Bool, _ description: @autoclosure () -> String) throws(Finding) {
    if !holds { throw Finding(description()) }
  }

  /// Error messages are a single line of limited length, without control characters.
  static func check(message: String, _ what: String) throws(Finding) {
    try unless(!message.isEmpty, "the message of \(what) is empty")
    try unless(message.utf8.count < 20_000, "the message of \(what) has \(message.utf8.count) bytes")
    for scalar in message.unicodeScalars {
      switch scalar.properties.generalCategory {
      case .control, .lineSeparator, .paragraphSeparator:
        throw Finding("the message of \(what) has a \(scalar.value): \(message.debugDescription)")
      default: break
      }
    }
  }
}
