/// The output of `sshd -T`: every option with its effective value.
package struct SSHDEffective: Equatable, Sendable {
  /// Lower-case keyword to values: one for each line, in the order printed.
  package var values: [String: [String]]

  package init(values: [String: [String]] = [:]) {
    self.values = values
  }

  /// - Parameter output: standard output of `sshd -T` or `sshd -G`. A line without a value gives an empty value.
  package init(output: [UInt8]) {
    values = [:]
    for line in ByteLine.split(output) {
      let word = line.content.prefix { !Byte.isSpace($0) }
      guard !word.isEmpty else { continue }
      let rest = line.content.dropFirst(word.count).drop(while: Byte.isBlank)
      values[String(decoding: word, as: UTF8.self).lowercased(), default: []].append(
        String(decoding: rest, as: UTF8.self))
    }
  }

  /// - Parameter keyword: in upper or lower case; an alias also finds the current name.
  package subscript(keyword: String) -> [String]? {
    values[keyword.lowercased()]
      ?? SSHDKeyword.find(keyword).flatMap { known in
        known.allNames.lazy.compactMap { values[$0] }.first
      }
  }

  /// The lines of an option; `nil` if it is not printed, or if its lines depend on other options, as for `Port` and
  /// `ListenAddress`.
  package func rendering(of keyword: SSHDKeyword) -> [String]? {
    keyword.repetition == .oneValueALine ? nil : self[keyword.name]
  }

  /// One option with different values in two outputs.
  package struct Change: Equatable, Sendable {
    package var keyword: String
    /// `nil` if the output lacks the option: `AllowUsers`, for example, is printed only if set.
    package var old: [String]?
    package var new: [String]?

    package init(keyword: String, old: [String]?, new: [String]?) {
      self.keyword = keyword
      self.old = old
      self.new = new
    }
  }

  /// The options that differ, sorted by name. The order of an option's lines does not count: sshd prints the newest
  /// `ListenAddress` first.
  package func changes(to new: SSHDEffective) -> [Change] {
    Set(values.keys).union(new.values.keys).sorted().compactMap { keyword in
      let before = values[keyword]
      let after = new.values[keyword]
      return before?.sorted() == after?.sorted() ? nil : Change(keyword: keyword, old: before, new: after)
    }
  }
}
