import ArgumentParser
import Hosts
import Inventory
import Recipes
import Runs

struct HostsCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "hosts", abstract: "List the hosts of inventories, or check that they can be reached.",
    discussion: """
      Without an inventory, the hosts of ~/.ssh/config are listed. Patterns are those of Ansible: `web`, `web*`, \
      `web:&prod`, `'all:!web3'`, `'~web[0-9]'`, `web[0:2]`.
      """)

  @Argument(
    help: ArgumentHelp("Hosts, groups and patterns; all hosts by default.", valueName: "pattern"),
    completion: .custom { _, _, _ in Completions.hosts() })
  var patterns: [String] = []

  @Flag(name: .long, help: "Print one JSON object with all variables, as --output json does.")
  var json = false

  @Flag(name: .long, help: "Also list each host's variables and where they come from.")
  var why = false

  @Flag(name: .long, help: "Log in to each host once, and change nothing.")
  var check = false

  @OptionGroup(title: InventoryOptions.title) var inventory: InventoryOptions
  @OptionGroup(title: HostOptions.title) var hosts: HostOptions
  @OptionGroup(title: OutputOptions.title) var output: OutputOptions

  func run() async throws {
    var options = inventory
    if options.sources.isEmpty {
      options.inventory = ["~/.ssh/config"]
      guard TextFile.read((TerminalFacts.environment("HOME") ?? "") + "/.ssh/config") != nil else {
        throw CommandFailure("there is no inventory\n  fix     --inventory FILE, or SSH_RECIPES_INVENTORY=FILE")
      }
    }
    let choice = try await HostChoice(options)
    let names = try choice.names(patterns.isEmpty ? ["all"] : patterns)
    guard !check else { throw ExitCode(try await reach(try choice.runHosts(names)).rawValue) }
    let list = HostList(inventory: choice.inventory, names: names.map(\.name))
    if json || output.format == .json { return ListOutput.write("hosts", "hosts", list.json) }
    for line in why ? list.detailLines : list.lines { TextStream.standardOutput.line(line) }
  }

  private func reach(_ chosen: [RunHost]) async throws -> ExitStatus {
    let session = RunSession(
      hosts: hosts, output: output, hostCount: chosen.count, isPlan: false, answers: try hosts.answersFile())
    let (hosts, output) = (hosts, output)
    return try await session.run { access in
      var options = RunOptions(
        forks: access.forks, offeredKey: hosts.key, isDebug: output.debug, askpassProgram: access.program)
      options.hosts = chosen
      return try await Runner(recipe: Self.checkRecipe, access.setup(options)).run()
    }
  }

  private static let checkRecipe = RecipeFile(
    name: Report.checkOfHosts, path: Report.checkOfHosts,
    bytes: Array(
      """
      recipe {
        summary = "Log in to each host",
        hosts = { { "host", "A host of the inventory" } },
        run = function(hosts)
          step "Log in"
          hosts.host:facts()
        end,
      }
      """.utf8), origin: .bundled)
}
