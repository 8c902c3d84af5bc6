/// Everything about a repository that may carry a signature.
public struct SignatureEvidence: Sendable, Hashable {
  public var contents: RepositoryContents
  /// The commit's object, as `git cat-file commit` gives it.
  public var commit: [UInt8]
  /// The tags that led to the commit, the outermost first, each as `git cat-file tag` gives it.
  public var tags: [[UInt8]]
  /// What was asked for: the name of a tag or a branch, or a commit.
  public var ref: String

  public init(contents: RepositoryContents, commit: [UInt8] = [], tags: [[UInt8]] = [], ref: String = "HEAD") {
    self.contents = contents
    self.commit = commit
    self.tags = tags
    self.ref = ref
  }

  /// Every signature that is there.
  ///
  /// - Throws: ``SignatureProblem/renamedTag(wanted:signed:)``: a tag's name is part of what is signed, so that an old
  ///   release cannot come back under the name of a new one.
  func signed() throws(SignatureProblem) -> [SignedThing] {
    var things: [SignedThing] = []
    if let signature = contents.attachments[Signatures.file] {
      things.append(
        SignedThing(
          carrier: .file, namespace: Signatures.namespace, payload: Array(ContentManifest(contents).text.utf8),
          signature: signature))
    }
    for (index, bytes) in tags.enumerated() {
      let tag = SignedObject(.tag, bytes)
      let name = tag.fields["tag"] ?? ""
      guard let thing = SignedThing(tag, carrier: .tag(name)) else { continue }
      let wanted = ref.hasPrefix("refs/tags/") ? String(ref.dropFirst(10)) : ref
      if index == 0, name != wanted { throw .renamedTag(wanted: wanted, signed: name) }
      things.append(thing)
    }
    if let thing = SignedThing(SignedObject(.commit, commit), carrier: .commit) { things.append(thing) }
    return things
  }
}
