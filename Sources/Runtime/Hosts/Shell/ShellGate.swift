/// The prompts between the start of a command and its shell, when `sudo` or `su` asks for a password.
///
/// Prompts are recognised by words of our own, independent of the language. A secret is written only after its prompt:
/// a shell started without a prompt would run the password as a command.
struct ShellGate: Sendable {
  /// The word that the shell prints when ready.
  let ready: String
  /// The tool's prompt for each password.
  let prompt: String
  /// - Parameter attempt: counts from 1.
  /// - Returns: the line to send, or `nil` to give up.
  let answer: @Sendable (_ attempt: Int) async -> Secret?

  enum Sight: Equatable {
    case ready
    case asked
  }

  /// Finds the first ready word or prompt in `text`, and removes everything up to its end.
  func look(at text: inout [UInt8]) -> Sight? {
    let all = String(decoding: text, as: UTF8.self)
    let readyAt = all.range(ofFirst: ready)
    let promptAt = all.range(ofFirst: prompt)
    switch (readyAt, promptAt) {
    case (nil, nil): return nil
    case (let end?, nil):
      text = Array(all[end...].utf8)
      return .ready
    case (nil, let end?):
      text = Array(all[end...].utf8)
      return .asked
    case (let readyEnd?, let promptEnd?):
      text = Array(all[min(readyEnd, promptEnd)...].utf8)
      return readyEnd < promptEnd ? .ready : .asked
    }
  }
}

extension String {
  /// The end of the first occurrence of `word`.
  fileprivate func range(ofFirst word: String) -> String.Index? {
    firstRange(of: word)?.upperBound
  }
}
