/// One line of `git ls-tree -r -z -l`: an entry of a commit, known before its content is read.
package struct TreeEntry: Sendable, Hashable {
  /// git's kinds of objects. `-r` descends into trees, so `tree` appears only if git could not.
  package enum Kind: String, Sendable, Hashable {
    case blob, tree, commit, tag
  }

  /// From the top of the repository, parts separated by `/`, as git's bytes: not always UTF-8.
  package var path: [UInt8]
  /// git's six octal digits: `100644`, `100755`, `120000` (link), `160000` (submodule).
  package var mode: String
  package var kind: Kind
  /// Of the object, in hexadecimal.
  package var objectID: String
  /// In bytes; `nil` for entries without a size, such as a submodule.
  package var size: Int?

  package init(path: [UInt8], mode: String, kind: Kind, objectID: String, size: Int?) {
    self.path = path
    self.mode = mode
    self.kind = kind
    self.objectID = objectID
    self.size = size
  }

  package var isLink: Bool { mode == "120000" }

  /// The path for messages, with invalid UTF-8 replaced; messages make invisible characters visible.
  package var name: String { String(decoding: path, as: UTF8.self) }
}
