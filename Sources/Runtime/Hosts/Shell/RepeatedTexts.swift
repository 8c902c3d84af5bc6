import Formats

/// The long texts sent to a shell so far. A text sent for the second time is put into a variable of the shell, and later
/// sent as the variable's name: the guard around a recipe's command has more than 20 KB.
struct RepeatedTexts: Sendable {
  private enum Place: Sendable {
    case seen
    case variable(Int)
  }

  private var places: [String: Place] = [:]
  private var variables = 0
  private static let shortest = 512
  private static let mostTexts = 100

  /// - Returns: the word for the text, and the line to send before the first use of the word.
  mutating func word(for text: String) -> (word: [UInt8], definition: [UInt8]) {
    guard text.utf8.count >= Self.shortest else { return (ShellQuoting.quoted(text), []) }
    switch places[text] {
    case .variable(let number): return (Self.use(number), [])
    case .seen where variables < Self.mostTexts:
      variables += 1
      places[text] = .variable(variables)
      return (Self.use(variables), Array("\(Self.name(variables))=".utf8) + ShellQuoting.quoted(text) + [Byte.lineFeed])
    case .seen: break
    case nil: if places.count < Self.mostTexts { places[text] = .seen }
    }
    return (ShellQuoting.quoted(text), [])
  }

  private static func name(_ number: Int) -> String { "ssh_recipes_\(number)" }
  private static func use(_ number: Int) -> [UInt8] { Array("\"$\(name(number))\"".utf8) }
}
