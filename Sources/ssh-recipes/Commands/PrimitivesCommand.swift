import ArgumentParser
import Contract
import Primitives
import Reference
import Values

struct PrimitivesCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "primitives", abstract: "List the functions that recipes can call, or explain one.")

  @Argument(
    help: "The primitive to explain, or the path of its file.",
    completion: .custom { _, _, _ in Completions.primitives() })
  var name: String?

  @OptionGroup var places: PlacesOptions

  func run() async throws {
    let given = name.flatMap { PrimitivePath($0) }
    let library = if let given { try await places.library(with: given) } else { try await places.library() }
    let catalogue = Catalogue(Catalogue.builtIn.primitives + library.primitives)
    guard let name = given?.name ?? name else {
      write(PrimitiveHelp.list(catalogue.primitives))
      return
    }
    guard let primitive = catalogue[name] else {
      let guess = NearestName.find(name, among: catalogue.primitives.map(\.name))
      throw CommandFailure(
        "there is no primitive \"\(name)\"" + (guess.map { "; did you mean \"\($0)\"?" } ?? "")
          + "\n  fix     ssh-recipes primitives   lists all")
    }
    write(PrimitiveHelp.text(primitive))
  }

  /// Files of primitives may contain any characters.
  private func write(_ text: String) {
    for line in text.visibleLines { TextStream.standardOutput.line(line) }
  }
}
