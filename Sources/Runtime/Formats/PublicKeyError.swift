import Values

/// Why a text is no public key.
package enum PublicKeyError: Error, Hashable, Sendable, CustomStringConvertible {
  case empty
  /// The private half was pasted. The text is not kept.
  case privateKey
  /// PEM or the RFC 4716 form.
  case otherFormat(marker: String)
  case notPlainText(encoding: String)
  case severalLines(count: Int)
  case noType(found: String)
  case noBlob(type: String)
  case notBase64(type: String)
  /// The blob is not what a key of this type consists of.
  case damaged(type: String)
  case typeMismatch(written: String, inBlob: String)

  package var description: String {
    switch self {
    case .empty: "the text holds no public key: it is empty"
    case .privateKey: "this is a private key, which must never leave its host; give the \".pub\" file beside it"
    case .otherFormat(let marker):
      "\"\(marker)\" begins another format; expected one line \"ssh-ed25519 AAAA… comment\""
        + " (ssh-keygen -i -f FILE converts it)"
    case .notPlainText(let encoding):
      "the text is \(encoding), which sshd cannot read; expected plain ASCII or UTF-8"
    case .severalLines(let count): "a public key is one line, got \(count); was it broken while copying?"
    case .noType(let found):
      if let near = NearestName.find(found, among: PublicKey.known) {
        "\"\(found)\" is no key type; did you mean \"\(near)\"?"
      } else {
        "expected a key type such as \"ssh-ed25519\", got \"\(found)\""
      }
    case .noBlob(let type): "nothing follows the key type \"\(type)\"; expected a base64 text"
    case .notBase64(let type): "what follows \"\(type)\" is no complete base64 text; the key is damaged or cut off"
    case .damaged(let type): "the \"\(type)\" key is damaged: parts of it are missing, or too many"
    case .typeMismatch(let written, let inBlob):
      "the line says \"\(written)\", but the key in it says \"\(inBlob)\""
    }
  }
}
