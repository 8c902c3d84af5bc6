import Values

/// Why a text is not a public key.
package enum PublicKeyError: Error, Hashable, Sendable, CustomStringConvertible {
  case empty
  /// The private half was pasted. The text is not kept.
  case privateKey
  /// PEM or the RFC 4716 format.
  case otherFormat(marker: String)
  case notPlainText(encoding: String)
  case severalLines(count: Int)
  case noType(found: String)
  case noBlob(type: String)
  case notBase64(type: String)
  /// The blob does not have the fields of its type.
  case damaged(type: String)
  case typeMismatch(written: String, inBlob: String)

  package var description: String {
    switch self {
    case .empty: "expected a public key, got an empty text"
    case .privateKey: "this is a private key, which must never leave its host; give the \".pub\" file beside it"
    case .otherFormat(let marker):
      "\"\(marker)\" begins another key format; expected one line \"ssh-ed25519 AAAA… comment\""
        + " (ssh-keygen -i -f FILE converts it)"
    case .notPlainText(let encoding):
      "the text is \(encoding), which sshd cannot read; expected plain ASCII or UTF-8"
    case .severalLines(let count): "a public key is one line, got \(count); was it broken while copying?"
    case .noType(let found):
      if let near = NearestName.find(found, among: PublicKey.known) {
        "\"\(found)\" is not a key type; did you mean \"\(near)\"?"
      } else {
        "expected a key type such as \"ssh-ed25519\", got \"\(found)\""
      }
    case .noBlob(let type): "the key type \"\(type)\" stands alone; expected a base64 text after it"
    case .notBase64(let type): "the text after \"\(type)\" is not complete base64; the key is damaged or cut off"
    case .damaged(let type): "the \"\(type)\" key is damaged: it has too few or too many parts"
    case .typeMismatch(let written, let inBlob):
      "the line gives the key type \"\(written)\", but the key itself has the type \"\(inBlob)\""
    }
  }
}
