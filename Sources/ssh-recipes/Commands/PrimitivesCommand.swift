import ArgumentParser
import Contract
import Primitives
import Reference
import Values

struct PrimitivesCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "primitives", abstract: "List what recipes can do, or explain one primitive.")

  @Argument(help: "The primitive to explain.", completion: .list(Catalogue.primitives.map(\.name)))
  var name: String?

  func run() throws {
    guard let name else {
      TextStream.standardOutput.write(PrimitiveHelp.list(Catalogue.primitives))
      return
    }
    guard let primitive = Catalogue[name] else {
      let guess = NearestName.find(name, among: Catalogue.primitives.map(\.name))
      throw CommandFailure(
        "there is no primitive \"\(name)\"" + (guess.map { "; did you mean \"\($0)\"?" } ?? "")
          + "\n  fix     ssh-recipes primitives   lists them")
    }
    TextStream.standardOutput.write(PrimitiveHelp.text(primitive))
  }
}
