import ArgumentParser

struct NewCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "new", abstract: "Create a commented recipe in this folder to start from.")

  @Argument(help: "The name of the recipe: lower-case letters, digits and _.")
  var name: String

  func run() throws {
    let base = name.hasSuffix(".lua") ? String(name.dropLast(4)) : name
    guard base.wholeMatch(of: /[a-z][a-z0-9_]*/) != nil else {
      throw CommandFailure(
        "\"\(name)\" is not a valid recipe name; expected a lower-case letter, then lower-case letters, digits and \"_\""
      )
    }
    let path = base + ".lua"
    do { try TextFile.write(StarterRecipe.text, to: path, replacing: false) } catch {
      switch error {
      case .exists: throw CommandFailure("\"\(path)\" already exists and was left unchanged", status: .failed)
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
