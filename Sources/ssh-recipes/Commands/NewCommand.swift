import ArgumentParser
import Contract
import Primitives
import Recipes

struct NewCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "new", abstract: "Create a commented recipe or primitive in this folder to start from.")

  @Argument(help: "The name of the recipe or primitive: lower-case letters, digits and _.")
  var name: String

  @Flag(name: .long, help: "Create a primitive in the folder primitives/, and a recipe that tries it.")
  var primitive = false

  func run() throws {
    let base = name.hasSuffix(".lua") ? String(name.dropLast(4)) : name
    guard base.wholeMatch(of: /[a-z][a-z0-9_]*/) != nil else {
      throw CommandFailure(
        "\"\(name)\" is not a valid recipe name; expected a lower-case letter, then lower-case letters, digits and \"_\""
      )
    }
    if primitive { return try makePrimitive(base) }
    let path = base + ".lua"
    try Self.write(StarterRecipe.text, to: path)
    TextStream.standardOutput.write(
      """
      Wrote \(path). Next:
        ssh-recipes lint ./\(path)
        ssh-recipes plan ./\(path) user@host
        ssh-recipes primitives

      """)
  }

  private func makePrimitive(_ base: String) throws {
    let taken = Catalogue.builtIn.primitives.map(\.name) + (RecipePlaces.standard().primitives.first?.names ?? [])
    guard !taken.contains(base) else {
      throw CommandFailure("there is a primitive \"\(base)\" already; choose another name")
    }
    let (path, test) = ("primitives/\(base).lua", "\(base)_try.lua")
    try Self.write(StarterPrimitive.text(base), to: path)
    try Self.write(StarterPrimitive.test(base), to: test)
    TextStream.standardOutput.write(
      """
      Wrote \(path), and \(test), a recipe that tries it. Next:
        ssh-recipes lint \(path)
        ssh-recipes plan ./\(test) user@host
        ssh-recipes run ./\(test) user@host      twice: the second run changes nothing
        ssh-recipes undo

      """)
  }

  private static func write(_ text: String, to path: String) throws {
    do { try TextFile.write(text, to: path, replacing: false) } catch {
      switch error {
      case .exists: throw CommandFailure("\"\(path)\" already exists and was left unchanged", status: .failed)
      case .other(let reason): throw CommandFailure("\"\(path)\" cannot be written: \(reason)", status: .failed)
      }
    }
  }
}
