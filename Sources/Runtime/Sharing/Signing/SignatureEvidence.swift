/// The parts of a repository that can carry a signature.
package struct SignatureEvidence: Sendable, Hashable {
  package var contents: RepositoryContents
  /// The commit object, as from `git cat-file commit`.
  package var commit: [UInt8]
  /// The object of the requested tag, as from `git cat-file tag`; `nil` without a tag, or for a tag without an object.
  /// Tags between this tag and the commit do not count: anyone can wrap a new tag around a signed old tag.
  package var tag: [UInt8]?
  /// The requested name of a tag or branch, or commit.
  package var ref: String

  package init(contents: RepositoryContents, commit: [UInt8] = [], tag: [UInt8]? = nil, ref: String = "HEAD") {
    self.contents = contents
    self.commit = commit
    self.tag = tag
    self.ref = ref
  }

  /// Every signature found.
  ///
  /// - Throws: ``SignatureProblem/renamedTag(wanted:signed:)``: a tag's name is part of the signed content, so that an
  ///   old release cannot return under the name of a new release.
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
