/// A key in a recipe: the table from `keygen`, the path of a private key, or the line of a public key.
package struct KeyArgument: LuaArgument, Hashable {
  package static let luaType = "ssh.Key|string"
  package static let expectation = "key from keygen, path of a private key, or line of a public key"

  /// The private key's path on its host, absolute or with `~/`.
  package var path: String?
  /// `ssh-ed25519 AAAA… comment`, byte for byte: not every comment is UTF-8.
  package var publicLine: [UInt8]?
  /// `SHA256:…`.
  package var fingerprint: String?
  /// Whether a passphrase protects the private half; `nil` if unknown.
  package var isEncrypted: Bool?
  /// Whether an agent holds the key; `nil` if unknown.
  package var isInAgent: Bool?
  /// The name of the host with the private half; `nil` if unknown.
  package var host: String?
  /// Whether only a run will make the key, so that a plan does not know its public half yet.
  package var isPlanned = false

  package init(path: String? = nil, publicLine: String? = nil, fingerprint: String? = nil) {
    self.path = path
    self.publicLine = publicLine.map { Array($0.utf8) }
    self.fingerprint = fingerprint
  }

  package init(lua value: LuaValue) throws(Mismatch) {
    switch value {
    case .table(let table): try self.init(table)
    case .string(let bytes):
      if let text = value.text, RemotePath(text) != nil {
        self.init(path: text)
      } else if Self.isPublicLine(String(decoding: bytes, as: UTF8.self)) {
        self.init()
        publicLine = bytes
      } else {
        throw Mismatch(Self.expectation, got: value)
      }
    default: throw Mismatch(Self.expectation, got: value)
    }
  }

  private init(_ table: LuaTable) throws(Mismatch) {
    if case .string(let bytes) = table["public"] { publicLine = bytes }
    guard table.list.isEmpty, table["path"].text != nil || publicLine != nil else {
      throw Mismatch(Self.expectation, got: "a table without the field 'path' or 'public'")
    }
    path = table["path"].text
    fingerprint = table["fingerprint"].text
    if case .boolean(let flag) = table["encrypted"] { isEncrypted = flag }
    if case .boolean(let flag) = table["in_agent"] { isInAgent = flag }
    host = table["host"].text
    isPlanned = publicLine == nil && table["planned"] == .boolean(true)
  }

  private static func isPublicLine(_ text: String) -> Bool {
    let words = text.split(separator: " ", maxSplits: 2)
    return words.count >= 2 && words[1].hasPrefix("AAAA")
      && ["ssh-", "ecdsa-", "sk-"].contains { words[0].hasPrefix($0) }
  }

  package var luaText: String { path.map { "\"\($0)\"" } ?? "a key" }
  package static let takesPath = true
  package var paths: [String] { path.map { [$0] } ?? [] }
}
