/// The client's ~/.ssh/config, with every byte kept (ssh_config(5), readconf.c).
///
/// For each option the first value wins, so general blocks such as `Host *` belong at the end.
package struct SSHConfigFile: Equatable, Sendable {
  package private(set) var lines: [ByteLine]

  package init(_ bytes: [UInt8]) {
    lines = ByteLine.split(bytes)
  }

  package var bytes: [UInt8] { lines.joinedBytes }

  /// A `Host` or `Match` line and the lines below it.
  package struct Block: Equatable, Sendable {
    /// The patterns after `Host`; `nil` for a `Match` block.
    package var patterns: [String]?
    /// The indices of the block's lines, heading first.
    package var lines: Range<Int>
    package var options: [SSHDConfigDirective]
  }

  package var blocks: [Block] {
    let headings = lines.indices.filter { ["host", "match"].contains(keyword(of: lines[$0])) }
    return headings.enumerated().map { number, start in
      let end = number + 1 < headings.count ? headings[number + 1] : lines.count
      let isHost = keyword(of: lines[start]) == "host"
      let options = ((start + 1)..<end).compactMap { directive(lines[$0]) }
      return Block(
        patterns: isHost ? ConfigWords(lines[start].content)?.words : nil, lines: start..<end, options: options)
    }
  }

  /// The options before the first block, which apply to every host.
  package var globalOptions: [SSHDConfigDirective] {
    lines[..<(blocks.first?.lines.lowerBound ?? lines.count)].compactMap(directive)
  }

  /// Why an option cannot be written.
  package enum EditError: Error, Equatable, Sendable, CustomStringConvertible {
    case host(String)
    case value(keyword: String, value: String)

    package var description: String {
      switch self {
      case .host(let host): "\"\(host)\" cannot name a \"Host\" block; expected a single name without blanks"
      case .value(let keyword, let value):
        "the value \"\(value)\" for \"\(keyword)\" cannot be written on one line of ssh_config as given"
      }
    }
  }

  /// The file with these options in the block `Host NAME`.
  ///
  /// Only a block for exactly this name is changed, never a pattern or a list. A missing block is inserted before the
  /// first block, because after a `Host *` its options would come too late; comments directly above that block stay
  /// with the block.
  ///
  /// - Parameters:
  ///   - host: the name as users will type it: `ssh NAME`.
  ///   - options: keyword and value, quoted as the file requires.
  ///   - winning: whether a new block also goes above options without a block, if these would win.
  /// - Returns: the new bytes, or the old bytes if all options are set already.
  /// - Throws: ``EditError``.
  package func setting(
    host: String, options: [(keyword: String, value: String)], winning: Bool = false
  ) throws(EditError) -> [UInt8] {
    if host.isEmpty || host.contains(where: { $0.isWhitespace || "*?!\"'#,=\\".contains($0) || $0 == "\0" }) {
      throw .host(host)
    }
    for option in options { try check(option) }
    var file = self
    if !file.blocks.contains(where: { $0.patterns == [host] }) {
      file.openBlock(host, aboveGlobal: winning && globalOptionsWin(over: options))
    }
    // Each new key goes in front of the block's others.
    for option in options.reversed() where Self.addsUp(option.keyword) { file.add(option, toBlockOf: host) }
    for option in options where !Self.addsUp(option.keyword) { file.set(option, inBlockOf: host) }
    return file.bytes
  }

  /// Whether options without a block have the last word. Keys of `IdentityFile` add up.
  private func globalOptionsWin(over options: [(keyword: String, value: String)]) -> Bool {
    let keywords = Set(options.map { $0.keyword.lowercased() }).subtracting(["identityfile"])
    return globalOptions.contains { keywords.contains($0.keyword.lowercased()) }
  }

  private func check(_ option: (keyword: String, value: String)) throws(EditError) {
    let line = Array("\(option.keyword) \(option.value)".utf8)
    guard !line.contains(where: { $0 < 0x20 && $0 != Byte.tab }), let words = ConfigWords(line),
      !words.words.isEmpty, !words.hasOpenQuote, words.keyword == 0..<option.keyword.utf8.count,
      line[words.arguments.upperBound...].allSatisfy(Byte.isBlank)
    else { throw .value(keyword: option.keyword, value: option.value) }
  }

  /// - Parameter aboveGlobal: whether the block must stand above the options without a block, which would win; a
  ///   `Host *` line then keeps them for every host.
  private mutating func openBlock(_ host: String, aboveGlobal: Bool) {
    let ending = lines.commonEnding
    if aboveGlobal {
      let block = ["Host \(host)", "", "Host *"].map { ByteLine($0, ending: ending) }
      lines.insert(contentsOf: block, at: 0)
      return
    }
    var index = blocks.first?.lines.lowerBound ?? lines.count
    while index > 0, lines[index - 1].content.first(where: { !Byte.isSpace($0) }) == Byte.hash { index -= 1 }
    if index == lines.count { lines.closeLastLine(with: ending) }
    var block = [ByteLine("Host \(host)", ending: ending)]
    if index < lines.count { block.append(ByteLine("", ending: ending)) }
    if index > 0, !lines[index - 1].content.isEmpty { block.insert(ByteLine("", ending: ending), at: 0) }
    lines.insert(contentsOf: block, at: index)
  }

  /// Whether ssh takes the values of all lines, one after the other.
  private static func addsUp(_ keyword: String) -> Bool { keyword.lowercased() == "identityfile" }

  private mutating func add(_ option: (keyword: String, value: String), toBlockOf host: String) {
    guard let block = blocks.first(where: { $0.patterns == [host] }) else { return }
    let wished = ConfigWords(Array("\(option.keyword) \(option.value)".utf8))?.words ?? []
    let others = ((block.lines.lowerBound + 1)..<block.lines.upperBound).filter {
      keyword(of: lines[$0]) == option.keyword.lowercased()
    }
    guard !others.contains(where: { ConfigWords(lines[$0].content)?.words == wished }) else { return }
    let ending = lines.commonEnding
    let index = others.first ?? lastDirective(of: block) + 1
    if index == lines.count { lines.closeLastLine(with: ending) }
    lines.insert(ByteLine("\(indent(of: block))\(option.keyword) \(option.value)", ending: ending), at: index)
  }

  private func lastDirective(of block: Block) -> Int {
    ((block.lines.lowerBound + 1)..<block.lines.upperBound).last { directive(lines[$0]) != nil }
      ?? block.lines.lowerBound
  }

  private func indent(of block: Block) -> String {
    let last = lastDirective(of: block)
    guard last > block.lines.lowerBound else { return "  " }
    return String(decoding: lines[last].content.prefix(while: Byte.isBlank), as: UTF8.self)
  }

  private mutating func set(_ option: (keyword: String, value: String), inBlockOf host: String) {
    guard let block = blocks.first(where: { $0.patterns == [host] }) else { return }
    let wished = ConfigWords(Array("\(option.keyword) \(option.value)".utf8))?.words ?? []
    let body = (block.lines.lowerBound + 1)..<block.lines.upperBound
    if let index = body.first(where: { keyword(of: lines[$0]) == option.keyword.lowercased() }),
      let words = ConfigWords(lines[index].content)
    {
      if words.words != wished {
        lines[index].content.replaceSubrange(words.arguments, with: Array(option.value.utf8))
      }
      return
    }
    let index = lastDirective(of: block) + 1
    let ending = lines.commonEnding
    if index == lines.count { lines.closeLastLine(with: ending) }
    lines.insert(ByteLine("\(indent(of: block))\(option.keyword) \(option.value)", ending: ending), at: index)
  }

  private func keyword(of line: ByteLine) -> String? {
    ConfigWords(line.content).map { String(decoding: line.content[$0.keyword], as: UTF8.self).lowercased() }
  }

  private func directive(_ line: ByteLine) -> SSHDConfigDirective? {
    ConfigWords(line.content).map {
      let keyword = String(decoding: line.content[$0.keyword], as: UTF8.self)
      return SSHDConfigDirective(keyword: keyword, arguments: $0.words)
    }
  }
}
