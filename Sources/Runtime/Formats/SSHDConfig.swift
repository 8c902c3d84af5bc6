/// One sshd_config file, line by line, with every byte kept: `SSHDConfig(bytes).bytes == bytes`.
///
/// Rules: sshd_config(5), servconf.c and misc.c of OpenSSH 8.5 and newer. Older versions cut a line at any `#`, even
/// within quotes, and so read a value with a quoted `#` differently.
package struct SSHDConfig: Equatable, Sendable {
  package var lines: [SSHDConfigLine]

  package init(_ bytes: [UInt8]) {
    lines = ByteLine.split(bytes).map(SSHDConfigLine.init)
  }

  package var bytes: [UInt8] { lines.flatMap(\.line.bytes) }

  /// The index of the first `Match` line, or the number of lines: the global section ends there.
  package var globalEnd: Int {
    lines.firstIndex { if case .match = $0.kind { true } else { false } } ?? lines.count
  }

  var commonEnding: [UInt8] { lines.map(\.line).commonEnding }

  /// Inserts a line with the file's line ending. An open last line is ended first.
  mutating func insert(_ text: String, at index: Int) {
    let ending = commonEnding
    if index == lines.count, let last = lines.indices.last, lines[last].line.ending.isEmpty {
      lines[last].line.ending = ending
    }
    lines.insert(SSHDConfigLine(ByteLine(text, ending: ending)), at: index)
  }
}

/// One line of sshd_config, and its meaning to sshd.
package struct SSHDConfigLine: Equatable, Sendable {
  package enum Kind: Equatable, Sendable {
    case blank
    /// `commentedDefault` is set if the comment contains a known keyword with a value: `#Port 22`.
    case comment(commentedDefault: SSHDConfigDirective?)
    case directive(SSHDConfigDirective)
    case match(criteria: [String])
    case include(patterns: [String])
    /// sshd refuses a file with this line: a keyword without an argument, or an open quote.
    case broken(why: String)
  }

  package var line: ByteLine
  package private(set) var kind: Kind

  init(_ line: ByteLine) {
    self.line = line
    kind = Self.kind(of: line.content)
  }

  var directive: SSHDConfigDirective? {
    if case .directive(let directive) = kind { directive } else { nil }
  }

  /// The same line with other arguments; indentation, keyword, separator and trailing comment stay.
  func replacingArguments(with value: String) -> SSHDConfigLine {
    guard let words = ConfigWords(line.content) else { return self }
    var content = line.content
    content.replaceSubrange(words.arguments, with: Array(value.utf8))
    return SSHDConfigLine(ByteLine(content: content, ending: line.ending))
  }

  private static func kind(of content: [UInt8]) -> Kind {
    guard let words = ConfigWords(content) else {
      guard let hash = content.firstIndex(where: { !Byte.isSpace($0) && $0 != Byte.formFeed }) else {
        return .blank
      }
      return .comment(commentedDefault: commentedDefault(Array(content[hash...])))
    }
    let keyword = String(decoding: content[words.keyword], as: UTF8.self)
    if words.hasOpenQuote { return .broken(why: "a quote is not closed") }
    if words.arguments.isEmpty { return .broken(why: "no argument after keyword \"\(keyword)\"") }
    switch keyword.lowercased() {
    case "match": return .match(criteria: words.words)
    case "include": return .include(patterns: words.words)
    default: return .directive(SSHDConfigDirective(keyword: keyword, arguments: words.words))
    }
  }

  private static func commentedDefault(_ comment: [UInt8]) -> SSHDConfigDirective? {
    var rest = comment.drop { $0 == Byte.hash }
    let isTight = rest.first.map { !Byte.isBlank($0) } ?? false
    rest = rest.drop(while: Byte.isBlank)
    guard let words = ConfigWords(Array(rest)), !words.hasOpenQuote, !words.words.isEmpty else { return nil }
    let directive = SSHDConfigDirective(
      keyword: String(decoding: Array(rest)[words.keyword], as: UTF8.self), arguments: words.words)
    guard directive.known != nil else { return nil }
    // `# Port 22` may be a default; `# Port numbers below 1024 need root` is prose.
    guard isTight || words.words.count == 1 else { return nil }
    return directive
  }
}

/// A keyword and its arguments, without quotes and escapes.
package struct SSHDConfigDirective: Equatable, Sendable {
  /// As spelled in the file.
  package var keyword: String
  package var arguments: [String]

  package init(keyword: String, arguments: [String]) {
    self.keyword = keyword
    self.arguments = arguments
  }

  package var known: SSHDKeyword? { SSHDKeyword.find(keyword) }
  package var value: String { arguments.joined(separator: " ") }
}
