import Values

/// A large file to be put in place of another file, or to be made; see ``Act/Kind/placeFile(_:)``.
package struct PlacedFile: Sendable, Hashable {
  /// Absolute, behind all links.
  package var path: String
  package var source: FileSource
  /// The mode of a new file; an existing file keeps the old mode.
  package var mode: FileMode
  /// The checksum of the contents at the decision, in the form of ``FileMeasure/sum``; `nil` if the file was absent.
  package var expecting: String?
  /// The path of the old file on the host, kept for undo, if the file is too large for the journal.
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

  /// The path for a large file's contents before a change: beside the file, under a name with the file's name and the run.
  package static func kept(_ path: String, run: String) -> String {
    let name = path.split(separator: "/").last ?? ""
    return Reader.path(of: ".ssh-recipes.before.\(name).\(run)", in: Reader.parent(of: path))
  }
}
