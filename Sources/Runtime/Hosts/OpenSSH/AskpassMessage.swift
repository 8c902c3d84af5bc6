/// A question passed on by the askpass program.
struct AskpassMessage: Equatable, Sendable {
  /// The answer that `ssh` waits for (`SSH_ASKPASS_PROMPT`, readpass.c).
  enum Kind: String {
    case text
    /// Yes or no; a failure of the program means no.
    case confirm
    /// None: `ssh` only wants the text shown, until a security key is touched.
    case none
  }

  var prompt: String
  var kind = Kind.text
  /// The asking process: the askpass program's parent.
  var asker: Int32

  var bytes: [UInt8] { Array("\(kind.rawValue) \(asker)\n\(prompt)".utf8) }

  init(prompt: String, kind: Kind = .text, asker: Int32) {
    self.prompt = prompt
    self.kind = kind
    self.asker = asker
  }

  init?(_ bytes: [UInt8]) {
    guard let end = bytes.firstIndex(of: 0x0A) else { return nil }
    let words = String(decoding: bytes[..<end], as: UTF8.self).split(separator: " ")
    guard words.count == 2, let kind = Kind(rawValue: String(words[0])), let asker = Int32(words[1]) else { return nil }
    self.init(prompt: String(decoding: bytes[(end + 1)...], as: UTF8.self), kind: kind, asker: asker)
  }
}

/// The reply to a question.
enum AskpassReply: Equatable, Sendable {
  /// Without a newline.
  case answer([UInt8])
  /// `ssh` goes on without an answer, such as to the next key.
  case none
  /// The process that asks has to end: without an answer `ssh` would send an empty password, and the server would
  /// count the failure.
  case giveUp

  var bytes: [UInt8] {
    switch self {
    case .answer(let answer): [UInt8(ascii: "+")] + answer
    case .none: [UInt8(ascii: "-")]
    case .giveUp: [UInt8(ascii: "!")]
    }
  }

  init(_ bytes: [UInt8]) {
    switch bytes.first {
    case UInt8(ascii: "+"): self = .answer(Array(bytes.dropFirst()))
    case UInt8(ascii: "!"): self = .giveUp
    default: self = .none
    }
  }
}
