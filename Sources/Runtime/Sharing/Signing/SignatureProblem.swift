/// Why a signature does not let a repository in. Keys are named by their fingerprints, as `ssh-keygen -l` prints them.
package enum SignatureProblem: Error, Hashable, Sendable {
  /// What carries the signature.
  package enum Carrier: Hashable, Sendable {
    case file, commit
    case tag(String)
  }

  /// Nobody signed, and a signature is wanted; `expected` is who should have.
  case missing(expected: [String])
  case malformed(Carrier)
  /// Made with a certificate, which says nothing of the key that people name, pin and revoke.
  case certificate(Carrier)
  /// It is in order, but over other files, or was made for something else.
  case altered(Carrier, key: String)
  case otherPurpose(Carrier, namespace: String)
  case notAllowed(Carrier, key: String, expected: [String])
  case revoked(Carrier, key: String)
  /// The key is right, but not at this time, or not for this.
  case notNow(Carrier, key: String)
  /// A tag that was signed under another name.
  case renamedTag(wanted: String, signed: String)
  /// `--pin`, and nothing is signed.
  case nothingToPin
  /// `ssh-keygen` did not sign; in its own words.
  case notSigned(key: String, words: String)
  /// `ssh-keygen` could not be used.
  case tool(String)
}

extension SignatureProblem {
  /// Whether the signature is in order, but for who made it or when: then another one beside it may still do.
  var isOnlyOfSomebodyElse: Bool {
    switch self {
    case .notAllowed, .notNow: true
    default: false
    }
  }
}

extension SignatureProblem: CustomStringConvertible {
  package var description: String {
    switch self {
    case .missing(let expected):
      "it is not signed; expected a signature by \(Self.keys(expected))"
    case .malformed(let carrier): "\(carrier) holds no signature that can be read; it is damaged or cut off"
    case .certificate(let carrier): "\(carrier) is signed with a certificate; only keys themselves are taken"
    case .altered(let carrier, let key):
      "the signature of \(carrier) by \(key) does not fit: what was signed has changed since, or the signature has"
    case .otherPurpose(let carrier, let namespace):
      "the signature of \(carrier) was made for \"\(namespace)\", not for this"
    case .notAllowed(let carrier, let key, let expected):
      "\(carrier) is signed by \(key); expected \(Self.keys(expected))"
    case .revoked(let carrier, let key): "\(carrier) is signed by \(key), which is revoked"
    case .notNow(let carrier, let key):
      "\(carrier) is signed by \(key), which is allowed, but not at this time or not for this"
    case .renamedTag(let wanted, let signed): "the tag \"\(wanted)\" was signed as \"\(signed)\""
    case .nothingToPin: "it is not signed, so there is no key to pin"
    case .notSigned(let key, let words): "ssh-keygen does not sign with \"\(key)\": \(words)"
    case .tool(let words): "no signature can be checked: \(words)"
    }
  }

  private static func keys(_ keys: [String]) -> String { keys.joined(separator: " or ") }
}

extension SignatureProblem.Carrier: CustomStringConvertible {
  package var description: String {
    switch self {
    case .file: "\"\(Signatures.file)\""
    case .commit: "the commit"
    case .tag(let name): "the tag \"\(name)\""
    }
  }
}
