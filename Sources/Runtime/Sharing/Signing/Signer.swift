import Formats

/// An allowed or actual signer of a repository: one line of an `allowed_signers` file (ssh-keygen(1), ALLOWED SIGNERS).
package struct Signer: Sendable, Hashable {
  /// Principals, as in their file; a name for people to read, without proof.
  package var identity: String
  /// Such as `valid-before="20300101"`; empty for none.
  package var options: String
  package var key: PublicKey

  package init(identity: String, options: String = "", key: PublicKey) {
    self.identity = Self.word(identity)
    self.options = options
    self.key = key
  }

  package var fingerprint: String { key.fingerprint }

  /// `ada@example.org, SHA256:…`.
  package var shown: String { identity == Self.nobody ? fingerprint : "\(identity), \(fingerprint)" }

  /// The identity of a key without a comment.
  static let nobody = "signer"

  /// A single word without separators or pattern characters of principals, and without invisible characters.
  private static func word(_ text: String) -> String {
    let kept = text.unicodeScalars.filter { !$0.isUnseen && !$0.properties.isWhitespace && $0 != "\"" && $0 != "#" }
    let word = String(String.UnicodeScalarView(kept.prefix(200)))
    return word.isEmpty ? nobody : word
  }
}

extension Signer {
  /// As in an `allowed_signers` file and the lock file.
  package var line: String {
    [identity, options, key.type, Base64.encode(key.blob)].filter { !$0.isEmpty }.joined(separator: " ")
  }

  /// - Parameter line: of an `allowed_signers` file.
  /// - Throws: ``SignerFileProblem/Fault``.
  package init(line: String) throws(SignerFileProblem.Fault) {
    guard line.firstUnseen == nil, !line.unicodeScalars.contains("\n") else { throw .unseen }
    let words = Self.words(line)
    guard let type = words.firstIndex(where: { PublicKey.isPlausibleType($0.utf8) && !$0.contains("=") }),
      (1...2).contains(type),
      type + 1 < words.count
    else { throw .notASigner }
    let options = type == 2 ? words[1] : ""
    guard !options.lowercased().split(separator: ",").contains("cert-authority") else { throw .authority }
    let key: PublicKey
    do { key = try PublicKey("\(words[type]) \(words[type + 1])") } catch { throw .key(error) }
    self.init(identity: words[0], options: options, key: key)
  }

  /// Splits at white space outside quotes.
  private static func words(_ line: String) -> [String] {
    var isQuoted = false
    return line.split { character in
      if character == "\"" { isQuoted.toggle() }
      return !isQuoted && character.isWhitespace
    }.map(String.init)
  }
}
