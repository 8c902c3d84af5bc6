import Formats
import Scripts

/// A command that only reads, and the account for the command.
package struct HostQuestion: Sendable, Hashable {
  package var command: String
  package var account: Account

  package init(_ command: String, as account: Account) {
    self.command = command
    self.account = account
  }
}

extension Reader {
  /// Asks several questions in one round trip.
  ///
  /// - Parameter remembered: whether earlier answers count, if the run has changed nothing on the host since.
  /// - Returns: an answer for each question, in the order of the questions, without standard error.
  /// - Throws: ``HostError``, also `unclear` for an incomplete answer.
  package func answers(to questions: [HostQuestion], remembered: Bool) async throws -> [Output] {
    var known: [HostQuestion: Output] = [:]
    if remembered { for question in questions { known[question] = host.answer(to: question) } }
    for account in [Account.login, .root] {
      let open = questions.filter { $0.account == account && known[$0] == nil }
      guard !open.isEmpty else { continue }
      let mark = FrameMark.randomToken()
      let script = Script("query", ShellScripts.answerQuestions, [mark] + open.map(\.command))
      let output = try await query(script, as: account)
      var rest = output.stdout[...]
      for question in open {
        guard let answer = Self.next(in: &rest, mark: mark) else {
          throw HostError.unclear(what: question.command, answer: output.errorText)
        }
        known[question] = answer
        host.remember(answer, to: question)
      }
    }
    return questions.map { known[$0] ?? Output() }
  }

  private static func next(in rest: inout ArraySlice<UInt8>, mark: String) -> Output? {
    guard let place = rest.firstRange(of: Array("\n\(mark) ".utf8)) else { return nil }
    let text = rest[..<place.lowerBound]
    rest = rest[place.upperBound...]
    guard let end = rest.firstIndex(of: Byte.lineFeed),
      let status = Int32(String(decoding: rest[..<end], as: UTF8.self))
    else { return nil }
    rest = rest[(end + 1)...]
    return Output(status: status, stdout: Array(text))
  }
}
