/// Something signed and its signature: what a detached file, a commit and a tag come down to.
struct SignedThing: Hashable, Sendable {
  var carrier: SignatureProblem.Carrier
  /// What the signature must have been made for.
  var namespace: String
  var payload: [UInt8]
  var signature: [UInt8]
  /// As `ssh-keygen` takes it; `nil` for now.
  var time: String?

  /// git's own, for commits and tags (`gpg-interface.c`).
  static let gitNamespace = "git"
}

extension SignedThing {
  /// A commit or tag with a signature of SSH's kind; `nil` for one without, or of another kind (`gpg`, `x509`), which
  /// says nothing to us.
  init?(_ object: SignedObject, carrier: SignatureProblem.Carrier) {
    guard let signature = object.signature, signature.starts(with: Array(SSHSignature.begin.utf8)) else { return nil }
    self.init(
      carrier: carrier, namespace: Self.gitNamespace, payload: object.payload, signature: signature,
      time: Self.time(object))
  }

  /// When the object says that it was made: keys that have expired since stay good for what they signed before, as in
  /// `git verify-commit`. Only limits that the person set themselves are weighed with it.
  private static func time(_ object: SignedObject) -> String? {
    let line = object.fields[object.kind == .tag ? "tagger" : "committer"]
    guard let seconds = line?.split(separator: " ").dropLast().last.flatMap({ Int64($0) }) else { return nil }
    return GitTime.text(seconds)
  }
}
