import ArgumentParser
import Contract
import Primitives
import Reference
import Values

struct PrimitivesCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "primitives", abstract: "List the functions that recipes can call, or explain one.")

  @Argument(help: "The primitive to explain.", completion: .custom { _, _, _ in Completions.primitives() })
  var name: String?

  @OptionGroup var places: PlacesOptions

  func run() async throws {
    let catalogue = Catalogue(Catalogue.builtIn.primitives + (try await places.library().primitives))
    guard let name else {
      TextStream.standardOutput.write(PrimitiveHelp.list(catalogue.primitives))
      return
    }
    guard let primitive = catalogue[name] else {
      let guess = NearestName.find(name, among: catalogue.primitives.map(\.name))
      throw CommandFailure(
        "there is no primitive \"\(name)\"" + (guess.map { "; did you mean \"\($0)\"?" } ?? "")
          + "\n  fix     ssh-recipes primitives   lists all")
    }
    TextStream.standardOutput.write(PrimitiveHelp.text(primitive))
  }
}
