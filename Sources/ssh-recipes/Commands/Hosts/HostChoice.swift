import Hosts
import Inventory
import Recipes
import Runs

/// The hosts of a command, chosen by words, patterns, `--limit` and `--exclude`.
struct HostChoice {
  let options: InventoryOptions
  let inventory: Inventory

  /// - Throws: ``CommandFailure`` if an inventory cannot be read.
  init(_ options: InventoryOptions) async throws {
    self.options = options
    inventory = try await options.read()
  }

  /// A host by the name in the inventory, or a target outside of the inventory.
  struct Chosen: Hashable {
    var name: String
    /// The account of `USER@NAME`, with precedence over the inventory's.
    var user: String?
  }

  /// - Parameter words: patterns, or targets outside of the inventory. Without words, the only host of the inventory; of
  ///   several, none is taken unless `--limit` names some.
  /// - Throws: ``CommandFailure``.
  func names(_ words: [String]) throws -> [Chosen] {
    var words = words
    if words.isEmpty {
      guard !options.limit.isEmpty || inventory.hostNames.count <= 1 else {
        let count = inventory.hostNames.count
        throw CommandFailure(
          "no host is chosen, and the inventory has \(count)\n  fix     name hosts, groups or patterns; all means all of them"
        )
      }
      words = ["all"]
    }
    guard options.sources.isEmpty || !inventory.hostNames.isEmpty else {
      let names = options.sources.map(\.text).joined(separator: ", ")
      throw CommandFailure("\(names): the inventory has no hosts", status: .failed)
    }
    return try limited(words.flatMap(named), words)
  }

  /// The hosts of one word.
  private func named(_ word: String) throws -> [Chosen] {
    if let at = word.lastIndex(of: "@"), inventory.hosts[word] == nil, at > word.startIndex, word.first != "~" {
      let name = String(word[word.index(after: at)...])
      return inventory.hosts[name] == nil
        ? [Chosen(name: word)] : [Chosen(name: name, user: String(word[..<at]))]
    }
    if options.sources.isEmpty { return [Chosen(name: word)] }
    return try Self.hosts([word], in: inventory).map { Chosen(name: $0) }
  }

  /// The hosts that `--limit` and `--exclude` leave.
  ///
  /// - Parameter words: the origin of the hosts, for the message if none is left.
  /// - Throws: ``CommandFailure``.
  func limited(_ chosen: [Chosen], _ words: [String]) throws -> [Chosen] {
    var chosen = chosen
    // A target outside of the inventory is limited by its name, too.
    var all = inventory
    for host in chosen where all.hosts[host.name] == nil { all.add(host: host.name, to: "all") }
    if !options.limit.isEmpty {
      let patterns = try options.limit.flatMap(Self.patterns)
      let inside = Set(try Self.hosts(patterns, in: all))
      chosen.removeAll { !inside.contains($0.name) }
    }
    if !options.exclude.isEmpty {
      let outside = Set(try Self.hosts(options.exclude, in: all))
      chosen.removeAll { outside.contains($0.name) }
    }
    guard !chosen.isEmpty else {
      let parts = [
        words.joined(separator: " "), options.limit.isEmpty ? nil : "--limit \(options.limit.joined(separator: ","))",
        options.exclude.isEmpty ? nil : "--exclude \(options.exclude.joined(separator: ","))",
      ]
      let error = InventoryError(nil, .nothingLeft("\"\(parts.compactMap(\.self).joined(separator: " "))\""))
      throw CommandFailure(error, status: .failed)
    }
    var seen: Set<String> = []
    return chosen.filter { seen.insert($0.name).inserted }
  }

  /// The patterns of one `--limit`; `@FILE` has one a line, with comments.
  private static func patterns(_ text: String) throws -> [String] {
    guard text.hasPrefix("@") else { return [text] }
    let path = String(text.dropFirst())
    guard let content = TextFile.read(path) else { throw CommandFailure("--limit: \"\(path)\" cannot be read") }
    let lines = content.split(whereSeparator: \.isNewline).map { String($0.prefix { $0 != "#" }) }
    let patterns = lines.flatMap { $0.split(whereSeparator: \.isWhitespace).map(String.init) }
    // No line, as in a list of failed hosts after a success, never means all hosts.
    guard !patterns.isEmpty else {
      throw CommandFailure("--limit: \"\(path)\" names no host, so there is nothing to do", status: .failed)
    }
    return patterns
  }

  private static func hosts(_ patterns: [String], in inventory: Inventory) throws -> [String] {
    do throws(InventoryError) { return try inventory.hosts(matching: patterns) } catch { throw CommandFailure(error) }
  }
}
