/// Who signed a repository's contents.
public struct Signer: Sendable, Hashable {
  /// The key's type and base64, as in a `.pub` file, without its comment.
  public var key: String
  /// What the signature says of who made it; shown, never trusted.
  public var identity: String

  public init(key: String, identity: String) {
    self.key = key
    self.identity = identity
  }
}

extension Signer {
  /// As the lock file holds it, on one line: key, then identity.
  var lockText: String { "\(key) \(identity)" }

  init?(lockText: String) {
    let words = lockText.split(separator: " ", maxSplits: 2).map(String.init)
    guard words.count >= 2 else { return nil }
    self.init(key: "\(words[0]) \(words[1])", identity: words.count > 2 ? words[2] : "")
  }
}
