/// The owner of a file, as `chown` takes it: `user`, `user:group` or `:group`, as names or numbers.
package struct OwnerArgument: LuaArgument, Hashable, CustomStringConvertible {
  package static let luaType = "string"
  package static let expectation = "owner such as \"pi\", \"pi:users\" or \":users\""

  package var user: String?
  package var group: String?

  package init(lua value: LuaValue) throws(Mismatch) {
    guard let text = value.text, let owner = Self(text) else { throw Mismatch(Self.expectation, got: value) }
    self = owner
  }

  package init?(_ text: String) {
    let parts = text.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
    guard let user = parts.first, text != ":", !text.isEmpty, parts.allSatisfy(Self.isName) else { return nil }
    self.user = user.isEmpty ? nil : user
    group = parts.count > 1 && !parts[1].isEmpty ? parts[1] : nil
  }

  /// `id` would read a name that begins with `-` as an option; `/etc/passwd` cannot hold the other characters.
  private static func isName(_ text: String) -> Bool {
    text.first != "-"
      && text.unicodeScalars.allSatisfy { $0.value > 0x20 && $0.value != 0x7F && $0 != ":" && $0 != "/" }
  }

  package var description: String { (user ?? "") + (group.map { ":\($0)" } ?? "") }
  package var luaText: String { "\"\(description)\"" }
}
