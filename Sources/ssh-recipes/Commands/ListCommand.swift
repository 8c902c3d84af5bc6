import ArgumentParser
import Recipes

struct ListCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "list", abstract: "List all recipes and where they come from.")

  @OptionGroup var places: PlacesOptions
  @OptionGroup var output: ListOutput

  func run() async throws {
    let catalogue = places.catalogue
    var complaints: [CommandFailure] = []
    let rows = try await catalogue.rows { complaints.append($0) }
    if self.output.isJSON {
      ListOutput.write("list", "recipes", rows.map(RecipeJSON.row))
    } else {
      show(rows, catalogue)
    }
    if let last = complaints.last {
      throw CommandFailure(lines: complaints.flatMap(\.lines), status: last.status)
    }
  }

  private func show(_ rows: [RecipeCatalogue.Row], _ catalogue: RecipeCatalogue) {
    let output = TextStream.standardOutput
    if rows.isEmpty {
      output.line("No recipes found in:")
      for place in catalogue.places.recipes { output.line("  " + place.path.visible) }
    }
    for line in RecipeRows.lines(rows) { output.line(line) }
  }
}
