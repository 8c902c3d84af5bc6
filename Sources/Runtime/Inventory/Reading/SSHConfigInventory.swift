import Formats
import Hosts

/// The hosts of `~/.ssh/config`: the names of the `Host` lines, without patterns. `ssh` itself applies the options of the
/// lines at the login.
enum SSHConfigInventory {
  /// Whether the text has a line `Host NAME`, which no INI inventory can have.
  static func isConfig(_ text: String) -> Bool {
    SSHConfigFile(Array(text.utf8)).blocks.contains { $0.patterns?.isEmpty == false }
      && text.split(whereSeparator: \.isNewline).contains { (line: Substring) in
        String(line).trimmingSpaces.wholeMatch(of: /(?i)host(\s+|\s*=\s*)[^=]+/) != nil
      }
  }

  /// Reads the file with all included files. A host with a `Tag` is in the group of that name.
  static func read(_ path: String, into inventory: inout Inventory) {
    var seen: Set<String> = []
    read(path, into: &inventory, &seen)
  }

  private static func read(_ path: String, into inventory: inout Inventory, _ seen: inout Set<String>) {
    guard seen.insert(path).inserted, seen.count < 100, let text = try? InventoryFiles.text(path) else { return }
    let file = SSHConfigFile(Array(text.utf8))
    include(file.globalOptions, into: &inventory, &seen)
    for block in file.blocks {
      let names = (block.patterns ?? []).filter { name in !name.contains { "*?!".contains($0) } }
      for name in names {
        let tags = block.options.filter { $0.keyword.lowercased() == "tag" }.compactMap(\.arguments.first)
        for tag in tags { inventory.add(group: tag) }
        inventory.add(host: name, to: tags.first ?? "ungrouped")
      }
      include(block.options, into: &inventory, &seen)
    }
  }

  private static func include(
    _ options: [SSHDConfigDirective], into inventory: inout Inventory, _ seen: inout Set<String>
  ) {
    for option in options where option.keyword.lowercased() == "include" {
      for pattern in option.arguments {
        // A relative path belongs to the user's folder, whichever file names it.
        let isPlain = !pattern.hasPrefix("/") && !pattern.hasPrefix("~")
        for path in InventoryFiles.matches(isPlain ? "~/.ssh/\(pattern)" : pattern) {
          read(path, into: &inventory, &seen)
        }
      }
    }
  }
}
