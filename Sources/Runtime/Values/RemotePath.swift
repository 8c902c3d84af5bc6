/// A path on a host: absolute, or below `~/`, the home of the account that logs in.
public struct RemotePath: LuaArgument, Hashable, CustomStringConvertible {
  public static let luaType = "string"
  public static let expectation = "absolute path, or one that starts with \"~/\""

  public var text: String

  public init(lua value: LuaValue) throws(Mismatch) {
    let text = try String(lua: value)
    guard let path = Self(text) else { throw Mismatch(Self.expectation, got: value) }
    self = path
  }

  public init?(_ text: String) {
    guard text.hasPrefix("/") || text == "~" || text.hasPrefix("~/") else { return nil }
    guard !text.unicodeScalars.contains(where: { $0.value < 0x20 || $0.value == 0x7F }) else { return nil }
    self.text = text
  }

  /// The absolute path on a host where the home is `home`, without trailing slashes.
  package func expanded(home: String) -> String {
    var path = text == "~" ? home : text.hasPrefix("~/") ? home + text.dropFirst(1) : text
    while path.count > 1, path.hasSuffix("/") { path.removeLast() }
    return path
  }

  public var description: String { text }
  public var luaText: String { "\"\(text)\"" }
  public static let takesPath = true
  public var paths: [String] { [text] }
}
