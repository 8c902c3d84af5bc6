import ArgumentParser
import Contract
import Primitives
import Reference
import Values

struct PrimitivesCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "primitives", abstract: "List the functions that recipes can call, or explain one.")

  @Argument(help: "The primitive to explain.", completion: .list(Catalogue.builtIn.primitives.map(\.name)))
  var name: String?

  func run() throws {
    guard let name else {
      TextStream.standardOutput.write(PrimitiveHelp.list(Catalogue.builtIn.primitives))
      return
    }
    guard let primitive = Catalogue.builtIn[name] else {
      let guess = NearestName.find(name, among: Catalogue.builtIn.primitives.map(\.name))
      throw CommandFailure(
        "there is no primitive \"\(name)\"" + (guess.map { "; did you mean \"\($0)\"?" } ?? "")
          + "\n  fix     ssh-recipes primitives   lists all")
    }
    TextStream.standardOutput.write(PrimitiveHelp.text(primitive))
  }
}
