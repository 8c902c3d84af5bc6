extension SSHDConfigTree {
  /// Applies edits where they take effect, with the fewest changed bytes.
  ///
  /// The line that wins is changed in place, in any of the files. If no line sets the keyword, the new line goes after
  /// the commented default in the main file, or before its first `Match`. Lines inside a `Match` are never touched.
  /// Later duplicates of a keyword whose first line wins stay.
  ///
  /// - Parameters:
  ///   - edits: applied in order.
  ///   - effective: the output of `sshd -T` *without* `-C`, so that no `Match` contributes to it. A value equal to a
  ///     compiled default then needs no edit, and the output shows the spelling of a renamed keyword for this sshd.
  ///   - wish: the output of `sshd -T` for the edits' lines alone, in which values have sshd's own spelling.
  /// - Throws: ``SSHDConfigEditError``.
  package func applying(
    _ edits: [SSHDConfigEdit], effective: SSHDEffective? = nil, wish: SSHDEffective? = nil
  ) throws(SSHDConfigEditError) -> SSHDConfigChange {
    for pattern in includePatterns {
      guard let paths = resolved[pattern] else { throw .unresolvedInclude(pattern: pattern) }
      if let missing = paths.first(where: { files[$0] == nil }) { throw .missingFile(path: missing) }
    }
    guard files[main] != nil else { throw .missingFile(path: main) }
    var editor = SSHDConfigEditor(tree: self, effective: effective, wish: wish)
    var steps: [SSHDConfigChange.Step] = []
    for edit in edits { steps.append(try editor.apply(edit)) }
    let changed = editor.tree.files.filter { files[$0.key] != $0.value }.mapValues(\.bytes)
    return SSHDConfigChange(tree: editor.tree, files: changed, steps: steps)
  }
}

/// One application of edits to a tree.
struct SSHDConfigEditor {
  typealias Action = SSHDConfigChange.Action
  typealias Occurrence = SSHDConfigTree.Occurrence
  typealias Place = SSHDConfigTree.Place

  var tree: SSHDConfigTree
  let effective: SSHDEffective?
  let wish: SSHDEffective?

  mutating func apply(_ edit: SSHDConfigEdit) throws(SSHDConfigEditError) -> SSHDConfigChange.Step {
    let keyword: SSHDKeyword
    do { keyword = try SSHDKeyword.named(edit.keyword) } catch { throw .keyword(error) }
    let actions: [Action]
    switch edit.wish {
    case .removed: actions = remove(tree.global(spelling(of: keyword).names))
    case .values(let values):
      let wished = try checked(values, for: keyword)
      actions = set(keyword, to: wished)
    }
    return SSHDConfigChange.Step(
      keyword: keyword.name, actions: actions.isEmpty ? [.unchanged(why: .notSet)] : actions,
      overrides: tree.overrides(of: keyword.name),
      addressesWithPort: keyword.name == "Port" ? addressesWithPort : [])
  }

  /// A value as written, and as sshd reads it.
  private struct Wished {
    var text: String
    var words: [String]
  }

  private func checked(_ values: [String], for keyword: SSHDKeyword) throws(SSHDConfigEditError) -> [Wished] {
    guard values.count == 1 || (keyword.repetition == .oneValueALine && !values.isEmpty) else {
      throw .severalValues(keyword: keyword.name, count: values.count)
    }
    var wished: [Wished] = []
    for value in values {
      func refuse(_ why: String) -> SSHDConfigEditError {
        .value(keyword: keyword.name, value: value, why: why)
      }
      let bytes = Array(value.utf8)
      if bytes.contains(where: { $0 < 0x20 && $0 != Byte.tab || $0 == 0x7F }) {
        throw refuse("contains a control character or a line feed")
      }
      let line = Array(keyword.name.utf8) + [Byte.space] + bytes
      guard let words = ConfigWords(line), !words.words.isEmpty else { throw refuse("is empty") }
      if words.hasOpenQuote { throw refuse("opens a quote and does not close it") }
      if line[words.arguments.upperBound...].contains(where: { !Byte.isBlank($0) }) {
        throw refuse("contains a \"#\", which would begin a comment; put the word into quotes")
      }
      wished.append(
        Wished(text: String(decoding: line[words.arguments], as: UTF8.self), words: words.words))
    }
    return wished
  }

  private mutating func set(_ keyword: SSHDKeyword, to wished: [Wished]) -> [Action] {
    let spelling = spelling(of: keyword)
    var found = tree.global(spelling.names)
    if keyword.repetition == .byName {
      found.removeAll { $0.directive.arguments.first != wished[0].words.first }
    } else if keyword.repetition == .firstWins {
      found = Array(found.prefix(1))
    }
    let wishedValues = wished.map(\.words)
    guard let first = found.first else {
      if let inForce = effective?.values[spelling.written.lowercased()], isSame(inForce, wishedValues, keyword) {
        return [.unchanged(why: .alreadyInForce)]
      }
      return insertAll(wished, written: spelling.written, names: spelling.names)
    }
    if SSHDValue.areSame(wishedValues, found.map(\.directive.arguments), keyword: keyword) {
      return [.unchanged(why: .alreadySet(first.place))]
    }
    if keyword.repetition == .oneValueALine { return replaceSet(found, with: wished, keyword: keyword) }
    return [replace(first, with: wished[0].text)] + remove(Array(found.dropFirst()))
  }

  private func isSame(_ inForce: [String], _ wished: [[String]], _ keyword: SSHDKeyword) -> Bool {
    if let rendered = wish?.rendering(of: keyword), keyword.isSame(rendered, inForce) { return true }
    return SSHDValue.areSame(wished, inForce.map(SSHDValue.words), keyword: keyword)
  }

  /// Lines that already hold a wanted value stay; of the others, only as many as necessary are rewritten.
  private mutating func replaceSet(
    _ found: [Occurrence], with wished: [Wished], keyword: SSHDKeyword
  ) -> [Action] {
    var open = wished
    var spare: [Occurrence] = []
    for occurrence in found {
      let same = open.firstIndex {
        SSHDValue.areSame([$0.words], [occurrence.directive.arguments], keyword: keyword)
      }
      if let same { open.remove(at: same) } else { spare.append(occurrence) }
    }
    var actions: [Action] = []
    while !open.isEmpty, !spare.isEmpty {
      actions.append(replace(spare.removeFirst(), with: open.removeFirst().text))
    }
    if let last = found.last {
      for (offset, more) in open.enumerated() {
        let place = Place(path: last.place.path, line: last.place.line + 1 + offset)
        actions.append(insert("\(last.directive.keyword) \(more.text)", at: place, .besideOthers))
      }
    }
    return actions + remove(spare)
  }

  private mutating func replace(_ occurrence: Occurrence, with value: String) -> Action {
    let place = occurrence.place
    guard let line = tree.files[place.path]?.lines[place.line] else { return .unchanged(why: .notSet) }
    let new = line.replacingArguments(with: value)
    tree.files[place.path]?.lines[place.line] = new
    return .replaced(place, old: trimmed(line), new: trimmed(new))
  }

  private mutating func remove(_ occurrences: [Occurrence]) -> [Action] {
    // A file can be included twice, but each line is removed once: from the end, so that indices stay valid.
    let places = Set(occurrences.map(\.place)).sorted { ($1.path, $1.line) < ($0.path, $0.line) }
    return places.compactMap { place in
      guard let line = tree.files[place.path]?.lines.remove(at: place.line) else { return nil }
      return .removed(place, text: trimmed(line))
    }.reversed()
  }

  private mutating func insertAll(_ wished: [Wished], written: String, names: Set<String>) -> [Action] {
    guard let file = tree.files[tree.main] else { return [] }
    let (index, position) = position(for: names, in: file)
    return wished.enumerated().map { offset, value in
      insert("\(written) \(value.text)", at: Place(path: tree.main, line: index + offset), position)
    }
  }

  private func position(
    for names: Set<String>, in file: SSHDConfig
  ) -> (Int, SSHDConfigChange.Position) {
    let end = file.globalEnd
    let comment = file.lines[..<end].firstIndex { line in
      guard case .comment(let commented?) = line.kind else { return false }
      return names.contains(commented.keyword.lowercased())
    }
    if let comment { return (comment + 1, .behindComment) }
    guard end < file.lines.count else { return (end, .atEnd) }
    // Comments directly above a Match belong to the Match.
    var index = end
    while index > 0, file.lines[index - 1].kind == .comment(commentedDefault: nil) { index -= 1 }
    return (index, .beforeMatch)
  }

  private mutating func insert(
    _ text: String, at place: Place, _ position: SSHDConfigChange.Position
  ) -> Action {
    tree.files[place.path]?.insert(text, at: place.line)
    return .inserted(place, text: text, where: position)
  }

  /// Finds the option's names, and the name that this sshd understands.
  ///
  /// Before OpenSSH 8.7, `KbdInteractiveAuthentication` was a separate option and `ChallengeResponseAuthentication`
  /// took effect: there `sshd -T` prints both, and the newer name must not stand for the older.
  private func spelling(of keyword: SSHDKeyword) -> (written: String, names: Set<String>) {
    let all = Set(keyword.allNames)
    guard let printed = effective?.values,
      let old = keyword.aliases.first(where: { printed[$0.lowercased()] != nil })
    else { return (keyword.name, all) }
    return (old, printed[keyword.lowercased] == nil ? all : all.subtracting([keyword.lowercased]))
  }

  private var addressesWithPort: [Occurrence] {
    tree.global(["listenaddress"]).filter { occurrence in
      guard let address = occurrence.directive.arguments.first else { return false }
      return address.contains("]:") || address.count(where: { $0 == ":" }) == 1
    }
  }

  private func trimmed(_ line: SSHDConfigLine) -> String {
    let content = line.line.content.drop(while: Byte.isSpace)
    return String(decoding: content.reversed().drop(while: Byte.isSpace).reversed(), as: UTF8.self)
  }
}
