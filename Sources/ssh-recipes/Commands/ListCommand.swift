import ArgumentParser
import Runtime

struct ListCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(commandName: "list", abstract: "List the recipes that are there.")

  func run() async throws {
    let recipes = try RecipeCatalogue()
    var rows: [(name: String, summary: String, origin: RecipeFile.Origin)] = []
    for file in recipes.files {
      do throws(RecipeError) {
        rows.append((file.name, try await RecipeCatalogue.header(of: file).summary, file.origin))
      } catch {
        // A module lies in the same folder as the recipes that require it.
        guard error.problem != .neverDeclared else { continue }
        rows.append((file.name, "cannot be read: ssh-recipes lint \(file.path)", file.origin))
      }
    }
    let output = TextStream.standardOutput
    guard !rows.isEmpty else {
      output.line("There are no recipes. Looked in:")
      for place in recipes.places.recipes { output.line("  " + place.path.visible) }
      return
    }
    let width = rows.map { $0.name.visible.count }.max() ?? 0
    for row in rows {
      let own = row.origin == .bundled ? "" : "  (yours)"
      let name = row.name.visible
      output.line(name + String(repeating: " ", count: width - name.count) + "  " + row.summary.visible + own)
    }
  }
}
