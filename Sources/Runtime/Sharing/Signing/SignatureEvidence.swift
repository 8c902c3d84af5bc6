/// Everything about a repository that may carry a signature.
package struct SignatureEvidence: Sendable, Hashable {
  package var contents: RepositoryContents
  /// The commit's object, as `git cat-file commit` gives it.
  package var commit: [UInt8]
  /// The tag that was asked for, as `git cat-file tag` gives it; `nil` where none was, or it has no object of its own.
  /// What it leads through to the commit does not count: anybody can put a tag of a new name around a signed one of an
  /// old name.
  package var tag: [UInt8]?
  /// What was asked for: the name of a tag or a branch, or a commit.
  package var ref: String

  package init(contents: RepositoryContents, commit: [UInt8] = [], tag: [UInt8]? = nil, ref: String = "HEAD") {
    self.contents = contents
    self.commit = commit
    self.tag = tag
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
    if let tag = tag.map({ SignedObject(.tag, $0) }) {
      let name = tag.fields["tag"] ?? ""
      if let thing = SignedThing(tag, carrier: .tag(name)) {
        let wanted = ref.hasPrefix("refs/tags/") ? String(ref.dropFirst(10)) : ref
        guard name.utf8.elementsEqual(wanted.utf8) else { throw .renamedTag(wanted: wanted, signed: name) }
        things.append(thing)
      }
    }
    if let thing = SignedThing(SignedObject(.commit, commit), carrier: .commit) { things.append(thing) }
    return things
  }
}
