/// A requested change to the global section of sshd_config.
package struct SSHDConfigEdit: Equatable, Sendable {
  package enum Wish: Equatable, Sendable {
    /// The values after the keyword, one string per line, quoted as the file requires. Only `Port`, `ListenAddress`,
    /// `HostKey` and `HostCertificate` can have several.
    case values([String])
    /// No line of the global section sets the keyword, so that the compiled default applies.
    case removed
  }

  /// In upper or lower case; aliases are accepted.
  package var keyword: String
  package var wish: Wish

  package init(_ keyword: String, _ value: String) {
    self.init(keyword, values: [value])
  }

  /// For keywords that accumulate: the whole set replaces the present one.
  package init(_ keyword: String, values: [String]) {
    self.keyword = keyword
    wish = .values(values)
  }

  package static func removing(_ keyword: String) -> SSHDConfigEdit {
    var edit = SSHDConfigEdit(keyword, values: [])
    edit.wish = .removed
    return edit
  }
}

/// Why an edit is impossible. The files are unchanged.
package enum SSHDConfigEditError: Error, Equatable, Sendable, CustomStringConvertible {
  case keyword(SSHDKeywordError)
  /// The value would break the line: a line feed, an open quote, an unquoted `#`, or an empty value.
  case value(keyword: String, value: String, why: String)
  case severalValues(keyword: String, count: Int)
  /// An earlier file could set the keyword, so the line that wins is unknown.
  case unresolvedInclude(pattern: String)
  case missingFile(path: String)

  package var description: String {
    switch self {
    case .keyword(let error): error.description
    case .value(let keyword, let value, let why): "the value \"\(value)\" for \"\(keyword)\" \(why)"
    case .severalValues(let keyword, let count):
      "\"\(keyword)\" takes one value, got \(count); put all words of the value into one string"
    case .unresolvedInclude(let pattern):
      "the files of \"Include \(pattern)\" are unknown, so it is not clear which line wins"
    case .missingFile(let path):
      "the content of \"\(path)\" is unknown, so it is not clear which line wins"
    }
  }
}

/// The effect of edits on a configuration.
package struct SSHDConfigChange: Equatable, Sendable {
  /// The configuration afterwards.
  package var tree: SSHDConfigTree
  /// The new bytes of each changed file; empty if every edit was already in effect.
  package var files: [String: [UInt8]]
  /// One step for each edit, in order.
  package var steps: [Step]

  /// The effect of one edit.
  package struct Step: Equatable, Sendable {
    /// The keyword in the manual's spelling.
    package var keyword: String
    package var actions: [Action]
    /// Lines in `Match` blocks that still apply to some logins. Edits never touch them; a person must review them.
    package var overrides: [SSHDConfigTree.Occurrence]
    /// `ListenAddress` lines with their own port, on which a new `Port` has no effect.
    package var addressesWithPort: [SSHDConfigTree.Occurrence]
  }

  package enum Action: Equatable, Sendable {
    case unchanged(why: Reason)
    case replaced(SSHDConfigTree.Place, old: String, new: String)
    case inserted(SSHDConfigTree.Place, text: String, where: Position)
    case removed(SSHDConfigTree.Place, text: String)
  }

  package enum Reason: Equatable, Sendable {
    case alreadySet(SSHDConfigTree.Place)
    case alreadyInForce
    case notSet
  }

  package enum Position: Equatable, Sendable { case behindComment, besideOthers, beforeMatch, atEnd }

  /// The explanation for a person, one sentence per line.
  package var explanation: [String] { steps.flatMap(\.explanation) }
}

extension SSHDConfigChange.Step {
  package var explanation: [String] {
    actions.map(sentence)
      + overrides.map { found in
        let criteria = found.matches.map { $0.joined(separator: " ") }.joined(separator: ", within Match ")
        return "\(found.place.description): \"Match \(criteria)\" sets \(keyword) to "
          + "\"\(found.directive.value)\" for the logins that match"
      }
      + addressesWithPort.map { found in
        "\(found.place.description): \"\(found.directive.value)\" has its own port; "
          + "Port does not change it"
      }
  }

  private func sentence(_ action: SSHDConfigChange.Action) -> String {
    switch action {
    case .unchanged(.alreadySet(let place)): "\(keyword) already has this value, at \(place.description)"
    case .unchanged(.alreadyInForce): "\(keyword) already has this value by default"
    case .unchanged(.notSet): "no line sets \(keyword)"
    case .replaced(let place, let old, let new):
      "\(place.description) is in effect: \"\(old)\" becomes \"\(new)\""
    case .inserted(let place, let text, let position): "\(place.description): new line \"\(text)\", \(position.phrase)"
    case .removed(let place, let text): "\(place.description): \"\(text)\" is removed"
    }
  }
}

extension SSHDConfigChange.Position {
  fileprivate var phrase: String {
    switch self {
    case .behindComment: "after the commented default"
    case .besideOthers: "next to the other lines with this keyword"
    case .beforeMatch: "before the first Match, because lines after a Match are not global"
    case .atEnd: "at the end"
    }
  }
}
