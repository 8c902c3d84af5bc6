/// A cause on one host: the catalogue's sentence with its slots filled, and the evidence.
package struct Diagnosis: Sendable, Hashable {
  package var cause: Cause
  package var explanation: String
  package var fix: [String]
  /// The evidence: lines of logs, modes, messages of ssh.
  package var seen: [String]
  /// The files and directories concerned.
  package var paths: [String]

  /// - Parameters:
  /// - slots: the values for `{name}` in the sentence and the fixes. A fix with an unfilled slot is left out; the
  ///   sentence uses general words instead.
  package init(_ cause: Cause, _ slots: [String: String] = [:], seen: [String] = [], paths: [String] = []) {
    self.cause = cause
    self.seen = seen
    self.paths = paths
    explanation = Self.filled(cause.sentence, slots.merging(Self.general) { given, _ in given })
    var slots = slots
    slots["paths"] = slots["paths"] ?? slots["path"]
    slots["remedy"] = slots["option"].flatMap { Self.remedies[$0] }.map { Self.filled($0, slots) }
    fix = cause.fix.map { Self.filled($0, slots) }.filter { !$0.contains(/\{[a-z]+\}/) }
  }

  /// The remedies for sshd's lists of accounts.
  private static let remedies = [
    "AllowUsers": "add {user} to AllowUsers in sshd_config",
    "DenyUsers": "take {user} out of DenyUsers in sshd_config",
    "AllowGroups": "put {user} into a group of AllowGroups in sshd_config: sudo usermod -aG GROUP {user}",
    "DenyGroups": "take {user} out of the group of DenyGroups in sshd_config: sudo gpasswd -d {user} GROUP",
  ]

  private static let general = [
    "host": "the host", "user": "this account", "path": "the file", "port": "22", "text": "see the lines below",
    "key": "the key", "keypath": "the private key", "why": "it is not readable", "option": "an option", "tool": "sudo",
    "whose": "another", "what": "password", "type": "this type",
    "who": "others", "owner": "another account",
    "line": "a", "address": "it", "command": "ssh", "questions": "for answers",
    "lines": "see the lines below", "closed": "a directory above", "jump": "the jump host", "done": "the key",
    "more": "something else", "lists": "see the lines below", "off": "", "seconds": "some",
  ]

  private static func filled(_ text: String, _ slots: [String: String]) -> String {
    guard text.contains("{") else { return text }
    return slots.reduce(text) { $0.replacing("{\($1.key)}", with: $1.value) }
  }
}

extension Failure {
  /// Takes over a diagnosis except for its headline: a failure with a step has a more exact message.
  package mutating func explain(by diagnosis: Diagnosis) {
    cause = diagnosis.cause
    explanation = diagnosis.explanation
    seen = diagnosis.seen
    fix = diagnosis.fix
    paths = diagnosis.paths
  }

  package init(_ kind: Kind, _ diagnosis: Diagnosis, message: String? = nil) {
    self.init(
      kind, message ?? diagnosis.cause.headline, cause: diagnosis.cause, explanation: diagnosis.explanation,
      seen: diagnosis.seen, fix: diagnosis.fix, paths: diagnosis.paths)
  }
}
