/// One line of authorized_keys, as sshd reads it (auth2-pubkeyfile.c, `sshkey_read`).
package struct AuthorizedKeysLine: Equatable, Sendable {
  package enum Kind: Equatable, Sendable {
    case blank
    /// `key` is set if the comment is a key that was commented out.
    case comment(key: PublicKey?)
    /// `options` is the field before the type, as written; empty if there is none.
    case key(options: String, PublicKey)
    /// sshd skips such a line silently, below `LogLevel DEBUG2`.
    case invalid(why: String)
  }

  package var line: ByteLine
  package let kind: Kind
  /// A second key that begins in the middle of the line, appended to a line without a newline.
  package let glued: Glued?

  /// Two keys in one line.
  package struct Glued: Equatable, Sendable {
    /// The offset in the line at which the second key's type begins.
    package var offset: Int
    /// The first half, if it is a key by itself. sshd sees it only if a comment separates it from the second key.
    package var first: PublicKey?
    /// The second key, which sshd never sees.
    package var second: PublicKey
  }

  package init(_ line: ByteLine) {
    self.line = line
    let content = line.content
    let trimmed = content.drop(while: Byte.isSpace)
    guard let start = trimmed.first else {
      kind = .blank
      glued = nil
      return
    }
    if start == Byte.hash {
      kind = .comment(key: Self.key(trimmed.drop { $0 == Byte.hash || Byte.isSpace($0) })?.key)
      glued = nil
      return
    }
    glued = Self.findGlued(in: content)
    if let found = Self.key(trimmed) {
      kind = Self.kind(found.options, found.key)
    } else {
      kind = .invalid(why: Self.reason(trimmed))
    }
  }

  private static func kind(_ options: String, _ key: PublicKey) -> Kind {
    guard !options.isEmpty else { return .key(options: options, key) }
    do throws(AuthorizedKeysOptions.Problem) {
      _ = try AuthorizedKeysOptions(options)
      return .key(options: options, key)
    } catch {
      return .invalid(why: error.description)
    }
  }

  /// The line's key, unless it is a certificate authority, which vouches for other keys but cannot log in itself.
  package var login: (options: String, key: PublicKey)? {
    guard case .key(let options, let key) = kind, !Self.names(of: options).contains("cert-authority")
    else { return nil }
    return (options, key)
  }

  /// The names in an options field, lower-case: `restrict,from="a,b"` gives `restrict` and `from`.
  package static func names(of options: String) -> [String] {
    var names: [String] = []
    var name = ""
    var isQuoted = false
    var isValue = false
    var previous: Character?
    for letter in options + "," {
      if letter == "\"", previous != "\\" { isQuoted.toggle() }
      if letter == ",", !isQuoted {
        names.append(name.lowercased())
        (name, isValue) = ("", false)
      } else if letter == "=" {
        isValue = true
      } else if !isValue {
        name.append(letter)
      }
      previous = letter
    }
    return names.filter { !$0.isEmpty }
  }

  private static func key(_ text: ArraySlice<UInt8>) -> (options: String, key: PublicKey)? {
    if let key = bareKey(text) { return ("", key) }
    guard let end = endOfOptions(text) else { return nil }
    let rest = text[end...].drop(while: Byte.isBlank)
    return bareKey(rest).map { (String(decoding: text[..<end], as: UTF8.self), $0) }
  }

  private static func bareKey(_ text: ArraySlice<UInt8>) -> PublicKey? {
    let type = text.prefix { !Byte.isBlank($0) }
    guard PublicKey.isPlausibleType(type), type.endIndex < text.endIndex else { return nil }
    return try? PublicKey(Array(text))
  }

  /// The first blank outside quotes; `nil` where a quote stays open (`sshkey_advance_past_options`).
  private static func endOfOptions(_ text: ArraySlice<UInt8>) -> Int? {
    var isQuoted = false
    var at = text.startIndex
    while at < text.endIndex, isQuoted || !Byte.isBlank(text[at]) {
      if text[at] == Byte.backslash, at + 1 < text.endIndex, text[at + 1] == Byte.quote {
        at += 1
      } else if text[at] == Byte.quote {
        isQuoted.toggle()
      }
      at += 1
    }
    return isQuoted ? nil : at
  }

  private static func reason(_ text: ArraySlice<UInt8>) -> String {
    guard let end = endOfOptions(text) else { return "a quote in the options is not closed" }
    let isKeyFirst = PublicKey.isPlausibleType(text[..<end])
    let key = isKeyFirst ? text : text[end...].drop(while: Byte.isBlank)
    guard !key.isEmpty else { return PublicKeyError.noType(found: PublicKey.printable(Array(text))).description }
    do throws(PublicKeyError) {
      _ = try PublicKey(Array(key))
      return "sshd cannot read the key at this place in the line"
    } catch {
      return error.description
    }
  }

  /// Finds a key type joined to the text before it, with a key after it. After white space nothing is joined: the words
  /// before may be the second key's options, and cutting them off would widen the key's permissions.
  private static func findGlued(in content: [UInt8]) -> Glued? {
    for offset in content.indices.dropFirst()
    where initials.contains(content[offset]) && !Byte.isSpace(content[offset - 1]) {
      guard let type = types.first(where: { content[offset...].starts(with: $0) }),
        content[(offset + type.count)...].drop(while: Byte.isBlank).starts(with: Array("AAAA".utf8)),
        // `sk-ssh-ed25519@…` contains the beginning of `ssh-ed25519@…`, and must not be cut there.
        offset + type.count < content.count, Byte.isBlank(content[offset + type.count]),
        !isInsideLongerType(content, offset), holdsKeyStart(content[..<offset]),
        let second = bareKey(content[offset...])
      else { continue }
      let first = key(content[..<offset].drop(while: Byte.isSpace))?.key
      return Glued(offset: offset, first: first, second: second)
    }
    return nil
  }

  /// Every blob begins with the length of its type's name, which is `AAAA` in base64. Without a blob before the second
  /// key, the line holds a single key after junk, such as a byte order mark.
  private static func holdsKeyStart(_ text: ArraySlice<UInt8>) -> Bool {
    text.split(whereSeparator: Byte.isBlank).dropFirst().contains { $0.starts(with: Array("AAAA".utf8)) }
  }

  private static func isInsideLongerType(_ content: [UInt8], _ offset: Int) -> Bool {
    let start = content[..<offset].lastIndex(where: Byte.isSpace).map { $0 + 1 } ?? 0
    let end = content[offset...].firstIndex(where: Byte.isSpace) ?? content.count
    return types.contains(Array(content[start..<end])) || content[start..<offset].contains(Byte.quote)
  }

  // The longest first, so that `ecdsa-sha2-nistp256-cert-v01@…` does not match as `ecdsa-sha2-nistp256`.
  private static let types = PublicKey.known.map { Array($0.utf8) }.sorted { $0.count > $1.count }
  private static let initials = Set(types.compactMap(\.first))
}
