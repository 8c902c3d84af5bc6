/// One line of `git ls-tree -r -z -l`: what a commit holds at a path, known before a byte of it is read.
package struct TreeEntry: Sendable, Hashable {
  /// git's kinds of objects. `-r` descends into trees, so `tree` is only seen where git could not.
  package enum Kind: String, Sendable, Hashable {
    case blob, tree, commit, tag
  }

  /// From the top of the repository, parts separated by `/`, as the bytes that git has: not always UTF-8.
  package var path: [UInt8]
  /// git's own six octal digits: `100644`, `100755`, `120000` (link), `160000` (submodule).
  package var mode: String
  package var kind: Kind
  /// Of the object, in hexadecimal.
  package var objectID: String
  /// In bytes; `nil` for what has none, such as a submodule.
  package var size: Int?

  package init(path: [UInt8], mode: String, kind: Kind, objectID: String, size: Int?) {
    self.path = path
    self.mode = mode
    self.kind = kind
    self.objectID = objectID
    self.size = size
  }

  package var isLink: Bool { mode == "120000" }

  /// Of the path, with bytes that are no UTF-8 replaced; for messages, and made visible there.
  package var name: String { String(decoding: path, as: UTF8.self) }
}
