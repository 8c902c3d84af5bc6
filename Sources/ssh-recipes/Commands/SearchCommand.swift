import ArgumentParser
import Recipes

struct SearchCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "search", abstract: "Search names, summaries and settings of all recipes.")

  @Argument(
    help: ArgumentHelp(
      "Words to find; each must occur in the name, summary, guide, hosts or settings.", valueName: "word"))
  var words: [String]

  @OptionGroup var places: PlacesOptions
  @OptionGroup var output: ListOutput

  func run() async throws {
    var complaints: [CommandFailure] = []
    let rows = try await places.catalogue.rows { complaints.append($0) }
    let found = rows.filter { row in
      let text = Self.text(row)
      return words.allSatisfy { text.contains($0.lowercased()) }
    }
    if output.isJSON {
      ListOutput.write("list", "recipes", found.map(RecipeJSON.row))
    } else {
      for line in RecipeRows.lines(found) { TextStream.standardOutput.line(line) }
    }
    if let last = complaints.last { throw CommandFailure(lines: complaints.flatMap(\.lines), status: last.status) }
    guard !found.isEmpty else {
      let all = words.map { "\"\($0)\"" }.joined(separator: " and ")
      throw CommandFailure(
        "no recipe matches \(all)\n  fix     ssh-recipes list   shows all; ssh-recipes repo add URL   adds more",
        status: .failed)
    }
  }

  private static func text(_ row: RecipeCatalogue.Row) -> String {
    var parts = [row.file.name]
    if case .success(let header) = row.header {
      parts += [header.summary, header.guide ?? ""]
      parts += header.roles.flatMap { [$0.name, $0.help] }
      parts += header.parameters.flatMap { [$0.name, $0.help] + $0.choices }
    }
    return parts.joined(separator: "\n").lowercased()
  }
}
