/// A wish for the global section of sshd_config.
package struct SSHDConfigEdit: Equatable, Sendable {
  package enum Wish: Equatable, Sendable {
    /// What is to stand behind the keyword, one string a line, quoted as the file needs it. Only `Port`,
    /// `ListenAddress`, `HostKey` and `HostCertificate` can have several.
    case values([String])
    /// No line of the global section sets the keyword any more, so that the compiled default holds.
    case removed
  }

  /// In any case; aliases are understood.
  package var keyword: String
  package var wish: Wish

  package init(_ keyword: String, _ value: String) {
    self.init(keyword, values: [value])
  }

  /// For keywords that accumulate: the whole set, in place of the one that is there.
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

/// Why an edit cannot be made. Nothing has been changed then.
package enum SSHDConfigEditError: Error, Equatable, Sendable, CustomStringConvertible {
  case keyword(SSHDKeywordError)
  /// The value would break the line: a line feed, an open quote, an unquoted `#`, or nothing at all.
  case value(keyword: String, value: String, why: String)
  case severalValues(keyword: String, count: Int)
  /// A file that comes earlier could set the keyword, so nobody can say which line wins.
  case unresolvedInclude(pattern: String)
  case missingFile(path: String)

  package var description: String {
    switch self {
    case .keyword(let error): error.description
    case .value(let keyword, let value, let why): "the value \"\(value)\" for \"\(keyword)\" \(why)"
    case .severalValues(let keyword, let count):
      "\"\(keyword)\" takes one value, got \(count); several words of one value go into one string"
    case .unresolvedInclude(let pattern):
      "it is not known which files \"Include \(pattern)\" brings in, so which line wins cannot be told"
    case .missingFile(let path):
      "the content of \"\(path)\" is not known, so which line wins cannot be told"
    }
  }
}

/// What edits make of a configuration.
package struct SSHDConfigChange: Equatable, Sendable {
  /// The configuration afterwards.
  package var tree: SSHDConfigTree
  /// The new bytes of each file that differs; empty where everything already was as wished.
  package var files: [String: [UInt8]]
  /// One for each edit, in their order.
  package var steps: [Step]

  /// What one edit came to.
  package struct Step: Equatable, Sendable {
    /// The keyword in the manual's spelling.
    package var keyword: String
    package var actions: [Action]
    /// Lines in `Match` blocks that still decide for some logins. They are never touched: a person must see them.
    package var overrides: [SSHDConfigTree.Occurrence]
    /// `ListenAddress` lines that name a port of their own, so that a new `Port` has no effect on them.
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

  /// The explanation for a person, one sentence a line.
  package var explanation: [String] { steps.flatMap(\.explanation) }
}

extension SSHDConfigChange.Step {
  package var explanation: [String] {
    actions.map(sentence)
      + overrides.map { found in
        let criteria = found.matches.map { $0.joined(separator: " ") }.joined(separator: ", within Match ")
        return "\(found.place.description): \"Match \(criteria)\" sets \(keyword) to "
          + "\"\(found.directive.value)\" for the logins that it concerns"
      }
      + addressesWithPort.map { found in
        "\(found.place.description): \"\(found.directive.value)\" names its own port; "
          + "Port does not change it"
      }
  }

  private func sentence(_ action: SSHDConfigChange.Action) -> String {
    switch action {
    case .unchanged(.alreadySet(let place)): "\(keyword) is already as wished, at \(place.description)"
    case .unchanged(.alreadyInForce): "\(keyword) already is as wished by default"
    case .unchanged(.notSet): "no line sets \(keyword)"
    case .replaced(let place, let old, let new):
      "\(place.description) decides: \"\(old)\" becomes \"\(new)\""
    case .inserted(let place, let text, let position): "\(place.description): new line \"\(text)\", \(position.phrase)"
    case .removed(let place, let text): "\(place.description): \"\(text)\" is taken out"
    }
  }
}

extension SSHDConfigChange.Position {
  fileprivate var phrase: String {
    switch self {
    case .behindComment: "behind the commented default"
    case .besideOthers: "beside the other lines of its kind"
    case .beforeMatch: "before the first Match, because what stands behind one is not global"
    case .atEnd: "at the end"
    }
  }
}
