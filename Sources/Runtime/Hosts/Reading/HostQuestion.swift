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
      let asking = Asking(open)
      let answers = try asking.answers(in: try await query(asking.script, as: account))
      for (question, answer) in zip(open, answers) {
        known[question] = answer
        host.remember(answer, to: question)
      }
    }
    return questions.map { known[$0] ?? Output() }
  }

  /// Reads files and asks questions in one round trip, for later calls. Whatever has no answer is left to them.
  ///
  /// - Parameters:
  ///   - paths: absolute; not yet read.
  ///   - questions: not yet asked, all as `account`.
  /// - Returns: whether there was any answer.
  package func learn(_ paths: [String], _ questions: [HostQuestion], as account: Account) async -> Bool {
    if paths.isEmpty, questions.isEmpty { return false }
    if questions.isEmpty { return (try? await states(of: paths, as: account)) != nil }
    if paths.isEmpty { return (try? await answers(to: questions, remembered: true)) != nil }
    let asking = Asking(questions)
    let pair = ScriptPair(FileProbe.script(paths), asking.script)
    guard let output = try? await query(pair.script, as: account) else { return false }
    let (files, said) = pair.parts(of: output)
    let answers = try? asking.answers(in: said)
    for (question, answer) in zip(questions, answers ?? []) { host.remember(answer, to: question) }
    return (try? know(paths, from: files, as: account)) != nil || answers != nil
  }
}

/// The script that asks several questions, and its answers.
private struct Asking {
  let script: Script
  private let questions: [HostQuestion]
  private let mark = FrameMark.randomToken()

  init(_ questions: [HostQuestion]) {
    self.questions = questions
    script = Script("query", ShellScripts.answerQuestions, [mark] + questions.map(\.command))
  }

  func answers(in output: Output) throws(HostError) -> [Output] {
    var rest = output.stdout[...]
    var answers: [Output] = []
    for question in questions {
      guard let answer = next(in: &rest) else { throw .unclear(what: question.command, answer: output.errorText) }
      answers.append(answer)
    }
    return answers
  }

  private func next(in rest: inout ArraySlice<UInt8>) -> Output? {
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
