/// An authorized_keys file, with every byte kept (sshd(8), AUTHORIZED_KEYS FILE FORMAT).
package struct AuthorizedKeys: Equatable, Sendable {
  package private(set) var lines: [AuthorizedKeysLine]

  package init(_ bytes: [UInt8]) {
    lines = ByteLine.split(bytes).map(AuthorizedKeysLine.init)
  }

  package var bytes: [UInt8] { lines.flatMap(\.line.bytes) }

  /// How a key appears in the file. Lines count from 1, as in sshd's messages.
  package enum Presence: Equatable, Sendable {
    case absent
    /// On a line without options.
    case present(line: Int)
    /// Only with options, which may restrict the login: `restrict`, `from="…"`, `command="…"`.
    case presentWithOptions(line: Int, options: String)
    /// Commented out by a person, on purpose.
    case commentedOut(line: Int)
    /// Joined to another key, so that sshd does not see it.
    case glued(line: Int)
  }

  /// - Parameter blob: the key in wire format. Comments and `cert-authority` lines do not count.
  /// - Returns: the best match: a line that works before a line that does not.
  package func presence(of blob: [UInt8]) -> Presence {
    var withOptions: Presence?
    var dead: Presence?
    for (index, line) in lines.enumerated() {
      if let login = line.login, login.key.blob == blob {
        if login.options.isEmpty { return .present(line: index + 1) }
        withOptions = withOptions ?? .presentWithOptions(line: index + 1, options: login.options)
      } else if let glued = line.glued, glued.second.blob == blob || glued.first?.blob == blob {
        dead = .glued(line: index + 1)
      } else if case .comment(let key?) = line.kind, key.blob == blob {
        dead = dead ?? .commentedOut(line: index + 1)
      }
    }
    return withOptions ?? dead ?? .absent
  }

  /// Whether sshd finds the key, with or without options.
  package func contains(_ blob: [UInt8]) -> Bool {
    lines.contains { $0.login?.key.blob == blob }
  }

  /// The lines that sshd skips silently, counted from 1.
  package var invalidLines: [(line: Int, why: String)] {
    lines.enumerated().compactMap { index, line in
      if case .invalid(let why) = line.kind { (index + 1, why) } else { nil }
    }
  }

  /// Whether the file is in UTF-16, in which sshd finds no keys.
  package var isUTF16: Bool {
    let start = lines.first?.line.content.prefix(2) ?? []
    return start == [0xFF, 0xFE] || start == [0xFE, 0xFF]
  }
}

/// The result of an edit of authorized_keys.
package enum AuthorizedKeysChange: Equatable, Sendable {
  case unchanged(AuthorizedKeys.Presence)
  /// `closedLine`: the last line had no newline, and was given one.
  case added(line: Int, closedLine: Bool)
  /// A line with two joined keys was split, so that sshd sees both. `other` is the key that was not asked for.
  case split(line: Int, other: PublicKey)
  /// Line numbers before the edit.
  case removed(lines: [Int])
}

extension AuthorizedKeys {
  /// The file with one more line, or unchanged if the key is there already.
  ///
  /// A key with options stays as it is, since a second line without them would lift their restrictions. A key joined
  /// to another key is cut free if both halves are keys.
  ///
  /// The new line ends in a line feed, even among lines that end in CR LF: sshd accepts both, and a tool that later
  /// looks for the line finds no stray CR in the comment.
  ///
  /// - Returns: the new bytes and the change.
  package func adding(_ key: PublicKey) -> (bytes: [UInt8], change: AuthorizedKeysChange) {
    let presence = presence(of: key.blob)
    switch presence {
    case .present, .presentWithOptions: return (bytes, .unchanged(presence))
    case .glued(let line):
      if let split = splitting(line: line, for: key.blob) { return split }
    case .absent, .commentedOut: break
    }
    var lines = lines.map(\.line)
    let isOpen = lines.last.map { $0.ending.isEmpty } ?? false
    lines.closeLastLine(with: lines.dropLast().last?.ending ?? [Byte.lineFeed])
    lines.append(ByteLine(content: key.lineBytes))
    return (lines.joinedBytes, .added(line: lines.count, closedLine: isOpen))
  }

  /// The file without the lines that accept this key. Commented lines and `cert-authority` lines stay.
  package func removing(_ blob: [UInt8]) -> (bytes: [UInt8], change: AuthorizedKeysChange) {
    let found = lines.indices.filter { lines[$0].login?.key.blob == blob }
    guard !found.isEmpty else { return (bytes, .unchanged(presence(of: blob))) }
    let kept = lines.indices.filter { !found.contains($0) }.map { lines[$0].line }
    return (kept.joinedBytes, .removed(lines: found.map { $0 + 1 }))
  }

  private func splitting(line number: Int, for blob: [UInt8]) -> (bytes: [UInt8], change: AuthorizedKeysChange)? {
    let line = lines[number - 1]
    guard let glued = line.glued, let first = glued.first else { return nil }
    var bytes = lines.map(\.line)
    let halves = [
      ByteLine(content: Array(line.line.content[..<glued.offset])),
      ByteLine(content: Array(line.line.content[glued.offset...]), ending: line.line.ending),
    ]
    bytes.replaceSubrange((number - 1)...(number - 1), with: halves)
    let result = bytes.joinedBytes
    guard AuthorizedKeys(result).contains(blob) else { return nil }
    return (result, .split(line: number, other: glued.second.blob == blob ? first : glued.second))
  }
}
