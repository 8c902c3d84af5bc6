import ArgumentParser

/// The output of commands that list: text, or JSON as described in docs/events.md.
struct ListOutput: ParsableArguments {
  enum Format: String, ExpressibleByArgument, CaseIterable { case text, json }

  @Option(
    name: .customLong("output"), help: ArgumentHelp("The output: text, or json for programs.", valueName: "format"))
  var format = Format.text

  var isJSON: Bool { format == .json }

  /// Writes one object on a line.
  ///
  /// - Parameter kind: the command's name in the schema.
  static func write(_ kind: String, _ name: String, _ items: [JSONText]) {
    let schema = JSONText.string("ssh-recipes/\(kind)/1")
    TextStream.standardOutput.line(JSONText.object(["schema": schema, name: .array(items)]).text)
  }
}
