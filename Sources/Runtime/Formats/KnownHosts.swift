/// A known_hosts file, with every byte kept (sshd(8), SSH_KNOWN_HOSTS FILE FORMAT).
///
/// Hashed names (`|1|salt|hash`) are kept but never matched; look those up with `ssh-keygen -F`.
package struct KnownHosts: Equatable, Sendable {
  package private(set) var lines: [Line]

  package init(_ bytes: [UInt8]) {
    lines = ByteLine.split(bytes).map(Line.init)
  }

  package var bytes: [UInt8] { lines.flatMap(\.line.bytes) }

  package struct Line: Equatable, Sendable {
    package enum Kind: Equatable, Sendable {
      case blank
      case comment
      case entry(Entry)
      /// ssh skips the line.
      case invalid
    }

    package var line: ByteLine
    package let kind: Kind

    init(_ line: ByteLine) {
      self.line = line
      let content = line.content.drop(while: Byte.isSpace)
      if content.isEmpty {
        kind = .blank
      } else if content.first == Byte.hash {
        kind = .comment
      } else {
        kind = Entry(content).map(Kind.entry) ?? .invalid
      }
    }
  }

  package struct Entry: Equatable, Sendable {
    package enum Marker: String, Equatable, Sendable {
      case certAuthority = "@cert-authority"
      case revoked = "@revoked"
    }

    package var marker: Marker?
    /// The patterns; a single `|1|…` for a hashed name.
    package var hosts: [String]
    package var key: PublicKey
    package var isHashed: Bool { hosts.first?.hasPrefix("|1|") ?? false }

    init?(_ content: ArraySlice<UInt8>) {
      var fields = content.split(maxSplits: 2, omittingEmptySubsequences: true, whereSeparator: Byte.isBlank)
      if fields.first?.first == UInt8(ascii: "@") {
        guard let marker = Marker(rawValue: String(decoding: fields[0], as: UTF8.self)) else { return nil }
        self.marker = marker
        fields = content.split(maxSplits: 3, omittingEmptySubsequences: true, whereSeparator: Byte.isBlank)
        fields.removeFirst()
      }
      guard fields.count >= 2 else { return nil }
      let rest = content[fields[1].startIndex...]
      guard let key = try? PublicKey(Array(rest)) else { return nil }
      hosts = String(decoding: fields[0], as: UTF8.self).split(separator: ",").map(String.init)
      self.key = key
    }
  }

  /// The name of a host in known_hosts: bare for port 22, `[host]:port` for any other.
  package static func name(host: String, port: UInt16) -> String {
    port == 22 ? host : "[\(host)]:\(port)"
  }

  /// The entries that match this host by name or pattern, with any marker, in the file's order.
  package func entries(for host: String, port: UInt16 = 22) -> [Entry] {
    let name = Self.name(host: host, port: port)
    return lines.compactMap { line in
      guard case .entry(let entry) = line.kind, !entry.isHashed,
        HostPattern.matches(name, list: entry.hosts)
      else { return nil }
      return entry
    }
  }

  /// The keys that ssh accepts from this host: those without a marker that are not revoked for the host.
  package func keys(for host: String, port: UInt16 = 22) -> [PublicKey] {
    let entries = entries(for: host, port: port)
    let revoked = Set(entries.filter { $0.marker == .revoked }.map(\.key.blob))
    return entries.filter { $0.marker == nil && !revoked.contains($0.key.blob) }.map(\.key)
  }

  /// Whether there are hashed names, which only `ssh-keygen -F` can match.
  package var hasHashedNames: Bool {
    lines.contains { if case .entry(let entry) = $0.kind { entry.isHashed } else { false } }
  }

  /// Why a key cannot be added.
  package enum AddingError: Error, Equatable, Sendable, CustomStringConvertible {
    /// The file revokes this key.
    case revoked(host: String, fingerprint: String)
    /// A name with a blank, a comma or a pattern character would make an entry for other hosts.
    case hostName(String)

    package var description: String {
      switch self {
      case .revoked(let host, let fingerprint):
        "known_hosts marks the key \(fingerprint) of \"\(host)\" as revoked"
      case .hostName(let host):
        "\"\(host)\" is not a host name or address that known_hosts can hold"
      }
    }
  }

  /// The file with one more line; unchanged if the host already has this key. No other line is touched: only a person
  /// can decide whether an older key of the host may go.
  ///
  /// - Throws: ``AddingError``.
  package func adding(
    host: String, port: UInt16 = 22, _ key: PublicKey
  ) throws(AddingError) -> (bytes: [UInt8], isChanged: Bool) {
    let forbidden: Set<Character> = ["*", "?", "!", ",", "|", "#", "@", "\""]
    if host.isEmpty || host.contains(where: { $0.isWhitespace || !$0.isASCII || forbidden.contains($0) }) {
      throw .hostName(host)
    }
    let entries = entries(for: host, port: port)
    if entries.contains(where: { $0.marker == .revoked && $0.key.blob == key.blob }) {
      throw .revoked(host: host, fingerprint: key.fingerprint)
    }
    if entries.contains(where: { $0.marker == nil && $0.key.blob == key.blob }) { return (bytes, false) }
    var lines = lines.map(\.line)
    lines.closeLastLine(with: [Byte.lineFeed])
    // Without the key's comment, as ssh writes entries.
    let name = Self.name(host: host.lowercased(), port: port)
    lines.append(ByteLine("\(name) \(key.type) \(Base64.encode(key.blob))"))
    return (lines.joinedBytes, true)
  }
}
