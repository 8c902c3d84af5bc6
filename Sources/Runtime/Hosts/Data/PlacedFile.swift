import Values

/// A large file to be put in place of another, or of none; see ``Act/Kind/placeFile(_:)``.
package struct PlacedFile: Sendable, Hashable {
  /// Absolute, behind all links.
  package var path: String
  package var source: FileSource
  /// Of a new file; an existing one keeps its own.
  package var mode: FileMode
  /// The checksum of the contents at the decision, in the form of ``FileMeasure/sum``; `nil` if the file was absent.
  package var expecting: String?
  /// The path under which the old file stays on the host, for undo, where it is too large for the journal.
  package var keptAs: String?

  package init(
    path: String, source: FileSource, mode: FileMode, expecting: String?, keptAs: String? = nil
  ) {
    self.path = path
    self.source = source
    self.mode = mode
    self.expecting = expecting
    self.keptAs = keptAs
  }

  /// The place for a large file's contents before a change: beside the file, under a name that tells the file and the run.
  package static func kept(_ path: String, run: String) -> String {
    let name = path.split(separator: "/").last ?? ""
    return Reader.path(of: ".ssh-recipes.before.\(name).\(run)", in: Reader.parent(of: path))
  }
}
