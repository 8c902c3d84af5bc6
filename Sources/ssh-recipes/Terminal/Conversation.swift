/// Prompts the user for lines of text: the terminal, or prepared answers in tests.
protocol Conversation: Sendable {
  /// - Parameters:
  ///   - prompt: printed without a newline.
  ///   - isHidden: whether to switch echo off.
  /// - Returns: the line without its newline; `nil` at the end of input or after cancellation.
  func ask(_ prompt: String, isHidden: Bool) async -> [UInt8]?
  func tell(_ text: String)
}

extension Conversation {
  func askText(_ prompt: String) async -> String? {
    guard let bytes = await ask(prompt, isHidden: false) else { return nil }
    let text = String(decoding: bytes, as: UTF8.self)
    return text.trimming(while: \.isWhitespace)
  }
}

extension String {
  fileprivate func trimming(while isUnwanted: (Character) -> Bool) -> String {
    let start = drop(while: isUnwanted)
    return String(String(start.reversed().drop(while: isUnwanted)).reversed())
  }
}
