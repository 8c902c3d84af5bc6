import ArgumentParser
import Contract
import Primitives
import Recipes
import Reference

/// Called by `make reference`, and hidden from users.
struct ReferenceCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "reference", abstract: "Write the reference page, the editor files and the manual page.",
    shouldDisplay: false)

  @Argument(help: "The folder to write to: docs.")
  var folder: String

  static func files() async throws -> [(path: String, text: String)] {
    let layer = PrimitiveLayer(folder: BuiltInRecipes.folder + "/primitives", .bundled)
    let library = try await PrimitiveLibrary.load([layer], besides: .builtIn)
    return try ReferenceFiles.all(Catalogue.builtIn.primitives + library.primitives)
      + [("ssh-recipes.1", ManualPage.text())]
  }

  func run() async throws {
    for file in try await Self.files() {
      let path = folder + "/" + file.path
      do { try TextFile.write(file.text, to: path, replacing: true) } catch {
        throw CommandFailure("\"\(path)\" cannot be written: \(error.reason)", status: .failed)
      }
      TextStream.standardOutput.line(path)
    }
  }
}
