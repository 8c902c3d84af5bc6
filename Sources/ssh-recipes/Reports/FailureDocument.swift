import Diagnosis
import Values

/// A failure in a report's file, with the keys of the failures of `--output json`.
struct FailureDocument: Codable, Equatable {
  var kind: String
  var message: String
  var host: String?
  var action: Int?
  var primitive: String?
  var gate: String?
  var cause: String?
  var explanation: String?
  var seen: [String]
  var fix: [String]
  var status: Int?
  var stderr: String?
  var paths: [String]
  var step: String?
  var position: String?
  var traceback: [String]
  var failures: [FailureDocument]

  init(_ failure: Failure) {
    kind = failure.kindName
    message = failure.message
    host = failure.host
    action = failure.action
    primitive = failure.primitive
    gate = failure.gate?.rawValue
    cause = failure.cause?.id
    explanation = failure.explanation
    seen = failure.seen
    fix = failure.fix
    status = failure.status
    stderr = failure.stderr
    paths = failure.paths
    step = failure.step
    position = failure.position
    traceback = failure.traceback
    failures = failure.failures.map(FailureDocument.init)
  }

  var failure: Failure {
    var failure = Failure(fields: ["kind": .string(kind), "message": .string(message)])
    failure.host = host
    failure.action = action
    failure.primitive = primitive
    failure.gate = gate.flatMap { Gate(rawValue: $0) }
    failure.cause = cause.flatMap { Cause[$0] }
    failure.explanation = explanation
    failure.seen = seen
    failure.fix = fix
    failure.status = status
    failure.stderr = stderr
    failure.paths = paths
    failure.step = step
    failure.position = position
    failure.traceback = traceback
    failure.failures = failures.map(\.failure)
    return failure
  }
}
