/// A value for a parameter from an inventory or a file of answers.
package struct GivenValue: Sendable, Hashable {
  /// The value as after `--set NAME=`; `nil` for a value that fits no parameter, such as a list.
  package var text: String?
  /// The value's type in messages.
  package var typeName: String
  /// The file.
  package var origin: String

  package init(_ text: String?, typeName: String, origin: String) {
    self.text = text
    self.typeName = typeName
    self.origin = origin
  }
}
