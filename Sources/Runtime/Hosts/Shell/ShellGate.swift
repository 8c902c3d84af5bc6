/// What stands between starting a command and its shell: `sudo` or `su` asking for a password.
///
/// Prompts are recognised by words of our own, never by language. Nothing secret is written before its prompt was
/// seen: a shell that came without a question would take a password for a command.
struct ShellGate: Sendable {
  /// What the shell prints once it is there.
  let ready: String
  /// What the tool prints before each password it reads.
  let prompt: String
  /// - Parameter attempt: counts from 1.
  /// - Returns: the line to send, or `nil` to give up.
  let answer: @Sendable (_ attempt: Int) async -> Secret?

  enum Sight: Equatable {
    case ready
    case asked
  }

  /// The first of both in `text`; `text` loses everything up to its end.
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
  /// Where the first `word` ends.
  fileprivate func range(ofFirst word: String) -> String.Index? {
    firstRange(of: word)?.upperBound
  }
}
