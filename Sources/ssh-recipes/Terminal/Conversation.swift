/// Something that can be asked a line: the terminal, or a script of answers in tests.
protocol Conversation: Sendable {
  /// - Parameters:
  ///   - prompt: shown before the answer, without a newline.
  ///   - isHidden: whether what is typed must not be seen.
  /// - Returns: the line without its end; `nil` at the end of input or when the run was cancelled.
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
