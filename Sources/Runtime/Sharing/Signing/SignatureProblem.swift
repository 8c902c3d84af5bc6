/// Why a signature is refused. Keys are named by their fingerprints, as in `ssh-keygen -l`.
package enum SignatureProblem: Error, Hashable, Sendable {
  /// The place of the signature.
  package enum Carrier: Hashable, Sendable {
    case file, commit
    case tag(String)
  }

  /// A required signature is missing; `expected` lists the allowed signers.
  case missing(expected: [String])
  case malformed(Carrier)
  /// Made with a certificate, which does not identify the key that users name, pin and revoke.
  case certificate(Carrier)
  /// The signature is valid, but for other files or another purpose.
  case altered(Carrier, key: String)
  case otherPurpose(Carrier, namespace: String)
  case notAllowed(Carrier, key: String, expected: [String])
  case revoked(Carrier, key: String)
  /// The key is allowed, but not at this time or for this purpose.
  case notNow(Carrier, key: String)
  /// The tag was signed under another name.
  case renamedTag(wanted: String, signed: String)
  /// `--pin` was given, but the repository is not signed.
  case nothingToPin
  /// `ssh-keygen` could not sign; with its own message.
  case notSigned(key: String, words: String)
  /// `ssh-keygen` could not be used.
  case tool(String)
}

extension SignatureProblem {
  /// Whether the signature is valid except for its signer or time, so that another signature next to it may suffice.
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
      "no signature found; expected a signature by \(Self.keys(expected))"
    case .malformed(let carrier): "\(carrier) contains no readable signature; it is damaged or cut off"
    case .certificate(let carrier): "\(carrier) is signed with a certificate; only plain keys are accepted"
    case .altered(let carrier, let key):
      "the signature of \(carrier) by \(key) does not match: the signed content or the signature has changed since"
    case .otherPurpose(let carrier, let namespace):
      "the signature of \(carrier) was made for \"\(namespace)\", not for this purpose"
    case .notAllowed(let carrier, let key, let expected):
      "\(carrier) is signed by \(key); expected \(Self.keys(expected))"
    case .revoked(let carrier, let key): "\(carrier) is signed by \(key), which is revoked"
    case .notNow(let carrier, let key):
      "\(carrier) is signed by \(key), which is allowed, but not at this time or for this purpose"
    case .renamedTag(let wanted, let signed): "the tag \"\(wanted)\" was signed as \"\(signed)\""
    case .nothingToPin: "no signature found, so there is no key to pin"
    case .notSigned(let key, let words): "ssh-keygen could not sign with \"\(key)\": \(words)"
    case .tool(let words): "signatures cannot be checked: \(words)"
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
