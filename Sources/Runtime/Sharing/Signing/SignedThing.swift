/// Signed content with its signature: the common form of a detached file, a commit and a tag.
struct SignedThing: Hashable, Sendable {
  var carrier: SignatureProblem.Carrier
  /// The required purpose of the signature.
  var namespace: String
  var payload: [UInt8]
  var signature: [UInt8]
  /// In the format of `ssh-keygen`; `nil` for now.
  var time: String?

  /// git's namespace for commits and tags (`gpg-interface.c`).
  static let gitNamespace = "git"
}

extension SignedThing {
  /// A commit or tag with an SSH signature; `nil` without a signature, or for another kind (`gpg`, `x509`), which the
  /// program cannot verify.
  init?(_ object: SignedObject, carrier: SignatureProblem.Carrier) {
    guard let signature = object.signature, signature.starts(with: Array(SSHSignature.begin.utf8)) else { return nil }
    self.init(
      carrier: carrier, namespace: Self.gitNamespace, payload: object.payload, signature: signature,
      time: Self.time(object))
  }

  /// The time at which the object was made, by its own account: keys that have expired since remain valid for earlier
  /// signatures, as in `git verify-commit`. The time only affects limits that the user has set.
  private static func time(_ object: SignedObject) -> String? {
    let line = object.fields[object.kind == .tag ? "tagger" : "committer"]
    guard let seconds = line?.split(separator: " ").dropLast().last.flatMap({ Int64($0) }) else { return nil }
    return GitTime.text(seconds)
  }
}
