import ArgumentParser
import Runtime

struct PrimitivesCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "primitives", abstract: "List the functions that recipes can call, or explain one.")

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
          + "\n  fix     ssh-recipes primitives   lists all")
    }
    TextStream.standardOutput.write(PrimitiveHelp.text(primitive))
  }
}
