import Inventory
import Recipes
import Values

/// The file of `--answers`: settings of the recipe, answers to questions, and commands that print secrets.
///
///     settings: { mode: "700" }
///     answers: { back to pi: yes }
///     secrets: { backup account: pass show backup }
struct AnswersFile {
  var settings: [String: GivenValue] = [:]
  /// Each as `QUESTION=VALUE`.
  var answers: [String] = []
  /// Each as `QUESTION=COMMAND`.
  var secrets: [String] = []

  private static let parts = ["settings", "answers", "secrets"]

  /// - Throws: ``CommandFailure``.
  init(_ path: String) throws {
    let value: InventoryValue
    do throws(InventoryError) { value = try DataFile.value(path) } catch { throw CommandFailure(error) }
    guard case .table(let top) = value else {
      throw CommandFailure("\(path): expected a mapping with settings, answers or secrets, got \(value.typeName)")
    }
    for (part, value) in top.entries {
      guard Self.parts.contains(part) else {
        let guess = Wording.guess(NearestName.find(part, among: Self.parts), known: Self.parts, of: "parts")
        throw CommandFailure("\(path): the part \"\(part)\" is unknown" + guess)
      }
      for (name, value) in try Self.entries(value, "\(path): \(part)") {
        if part == "settings" {
          settings[name] = GivenValue(value.word, typeName: value.typeName, origin: path)
          continue
        }
        var text = value.word
        if part == "answers", case .boolean(let isYes) = value { text = isYes ? "yes" : "no" }
        guard let text, !name.contains("=") else {
          throw CommandFailure("\(path): \(part), \"\(name)\": expected text, got \(value.typeName)")
        }
        if part == "answers" { answers.append("\(name)=\(text)") } else { secrets.append("\(name)=\(text)") }
      }
    }
  }

  private static func entries(
    _ value: InventoryValue, _ place: String
  ) throws -> [(key: String, value: InventoryValue)] {
    switch value {
    case .table(let table): return table.entries
    case .null: return []
    default: throw CommandFailure("\(place): expected a mapping, got \(value.typeName)")
    }
  }
}
