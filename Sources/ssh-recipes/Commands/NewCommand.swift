import ArgumentParser

struct NewCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "new", abstract: "Start a recipe of your own: a commented file in this folder.")

  @Argument(help: "The recipe's name: lower-case letters, digits and _.")
  var name: String

  func run() throws {
    let base = name.hasSuffix(".lua") ? String(name.dropLast(4)) : name
    guard base.wholeMatch(of: /[a-z][a-z0-9_]*/) != nil else {
      throw CommandFailure(
        "\"\(name)\" cannot be a recipe's name; expected a lower-case letter, then lower-case letters, digits and \"_\""
      )
    }
    let path = base + ".lua"
    do { try TextFile.write(StarterRecipe.text, to: path, replacing: false) } catch {
      switch error {
      case .exists: throw CommandFailure("there is a file \"\(path)\" already; it stays as it is", status: .failed)
      case .other(let reason): throw CommandFailure("\"\(path)\" cannot be written: \(reason)", status: .failed)
      }
    }
    TextStream.standardOutput.write(
      """
      Wrote \(path). Next:
        ssh-recipes lint ./\(path)
        ssh-recipes plan ./\(path) user@host
        ssh-recipes primitives

      """)
  }
}
