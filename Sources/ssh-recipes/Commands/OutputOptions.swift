import ArgumentParser

/// Options for the output of a run.
struct OutputOptions: ParsableArguments {
  static let title = "Output options"

  enum Format: String, ExpressibleByArgument, CaseIterable { case terminal, plain, json, junit }

  @Option(
    name: .customLong("output"),
    help: ArgumentHelp(
      "The output format; by default, terminal on a terminal and plain elsewhere.", valueName: "format"))
  var format: Format?

  @Option(
    name: .long,
    help: ArgumentHelp(
      "Also write a report: FILE.json for the command report and undo --from, FILE.html to read, FILE.xml as JUnit; "
        + "may be repeated.", valueName: "file"), completion: .file())
  var report: [String] = []

  @Flag(name: [.long, .short], help: "Print errors only.")
  var quiet = false

  @Flag(name: [.long, .short], help: "Also print diffs, unchanged items and the output of commands.")
  var verbose = false

  @Flag(name: .long, help: "Also print every script that is sent, with secrets left out.")
  var debug = false

  @Flag(name: .customLong("no-color"), help: "Print without colours, as with NO_COLOR in the environment.")
  var noColor = false

  func validate() throws {
    for path in report where ReportFormat(path) == nil {
      throw ValidationError("--report: expected a name that ends with .json, .html or .xml, got \"\(path.visible)\"")
    }
    if quiet, verbose || debug { throw ValidationError("--quiet contradicts --\(debug ? "debug" : "verbose")") }
  }

  var detail: Narrator.Detail { quiet ? .quiet : verbose || debug ? .verbose : .normal }
}
