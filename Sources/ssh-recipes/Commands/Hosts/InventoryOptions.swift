import ArgumentParser
import Inventory

/// Options that choose hosts from inventories.
struct InventoryOptions: ParsableArguments {
  static let title = "Inventory options"

  @Option(
    name: [.long, .customShort("i")],
    help: ArgumentHelp(
      "An inventory: a list of hosts, hosts.lua, an inventory of Ansible's (INI, YAML, JSON), a folder of them, a "
        + "program that prints one, or ~/.ssh/config; may be repeated. SSH_RECIPES_INVENTORY does the same.",
      valueName: "path"), completion: .file())
  var inventory: [String] = []

  @Option(
    name: [.long, .customShort("l")],
    help: ArgumentHelp(
      "Of the chosen hosts, take only those that match; @FILE reads patterns from a file; may be repeated.",
      valueName: "pattern"))
  var limit: [String] = []

  @Option(name: .long, help: ArgumentHelp("Leave out the hosts that match; may be repeated.", valueName: "pattern"))
  var exclude: [String] = []

  /// The inventories by `--inventory`, or else by `SSH_RECIPES_INVENTORY`, separated by colons.
  var sources: [InventorySource] {
    let named = inventory.isEmpty ? Self.ofEnvironment : inventory
    return named.map { InventorySource($0) }
  }

  private static var ofEnvironment: [String] {
    (TerminalFacts.environment("SSH_RECIPES_INVENTORY") ?? "").split(separator: ":").map(String.init)
  }

  /// Whether hosts are more than the words of the command line.
  var isUsed: Bool { !sources.isEmpty || !limit.isEmpty || !exclude.isEmpty }

  /// Reads the inventories, and prints the warnings about them on standard error.
  ///
  /// - Returns: an empty inventory without a source.
  /// - Throws: ``CommandFailure``.
  func read() async throws -> Inventory {
    let names = sources.map(\.text).joined(separator: ", ")
    let patience = Task {
      try await Task.sleep(for: .seconds(10))
      TextStream.standardError.line("Still reading the inventory \(names); Ctrl-C stops".visible)
    }
    defer { patience.cancel() }
    do throws(InventoryError) {
      let inventory = try await InventorySource.read(sources)
      for warning in inventory.warnings { TextStream.standardError.line("warning: \(warning)".visible) }
      return inventory
    } catch { throw CommandFailure(error) }
  }
}
